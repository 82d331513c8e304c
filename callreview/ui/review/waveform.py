"""The waveform: one lane per speaker with everything that is known about the call drawn on it."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip, QWidget

from callreview.config.language import _
from callreview.domain.figure_text import clock
from callreview.domain.finding import Finding
from callreview.domain.talk_metrics import Interval
from callreview.ui.review.call_view import CallView, PeakSource
from callreview.ui.review.lanes import Lane, lanes_of
from callreview.ui.review.ribbon import RIBBON, draw_ribbon_gutter, moment_at
from callreview.ui.review.time_axis import TimeAxis
from callreview.ui.review.waveform_marks import Marks, describe_marks, place_lanes
from callreview.ui.review.waveform_overlay import draw_focus, draw_playhead, draw_selection
from callreview.ui.review.waveform_tiles import WaveformTiles, draw_gutter
from callreview.ui.review.wording import plain_tooltip
from callreview.ui.theme.colours import current_colours
from callreview.ui.theme.fonts import BODY_POINTS, SMALL_POINTS, sized

GUTTER = 132
LEAST_HEIGHT = 150
KEY_STEP_S = 1.0
ZOOM_STEP = 1.25
PLAYHEAD_REACH = 6
FOLLOW_MARGIN = 0.1


class WaveformView(QAbstractScrollArea):
    """Lanes, ruler, marks and the playhead.

    A click asks for a place, a drag (or Shift with the arrow keys) selects a stretch, the wheel
    zooms around the pointer; arrows move 1 s, + and - zoom, Home and End go to the ends. A click
    on a moment of the ribbon asks to hear it (`momentChosen` carries the Finding). Times are seconds.
    """

    seekRequested = Signal(float)
    rangeSelected = Signal(float, float)
    selectionCleared = Signal()
    momentChosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes: tuple[Lane, ...] = ()
        self._tiles = WaveformTiles()
        self._axis = TimeAxis.fitting(0.0, 1)
        self._position_s = 0.0
        self._selection: Interval | None = None
        self._pressed_at: QPointF | None = None
        self._dragging = False
        self._follow = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setAccessibleName(_("Waveform"))
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().sliderPressed.connect(self._leave_sound)
        self._describe()

    @property
    def axis(self) -> TimeAxis:
        """Where which second is drawn (pixels right of the lane names)."""
        return self._axis

    @property
    def position_s(self) -> float:
        """Where the playhead stands."""
        return self._position_s

    @property
    def selection(self) -> Interval | None:
        """The selected stretch."""
        return self._selection

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """What is drawn, from top to bottom."""
        return self._lanes

    @property
    def tiles_drawn(self) -> int:
        """How many tiles were drawn so far; a moving playhead must not change it."""
        return self._tiles.drawn

    def show_call(self, view: CallView, peaks: PeakSource | None = None) -> None:
        """Draw another call, the whole of it, from its start."""
        self._tiles.set_peaks(peaks)
        self._axis = TimeAxis.fitting(view.summary.duration_s, self._lane_width())
        self._position_s = 0.0
        self._selection = None
        self._follow = True
        self.refresh(view)

    def refresh(self, view: CallView) -> None:
        """Draw changed marks of the same call; zoom, place and selection stay."""
        self._lanes = lanes_of(view)
        masked = view.transcript.masked if view.transcript else ()
        moments = tuple(one for one in view.findings if one.kind == "moment")
        self._tiles.marks = Marks(
            view.damage, masked, view.comments, view.curves, moments, view.list_titles
        )
        self.setMinimumHeight(LEAST_HEIGHT + (RIBBON if view.curves else 0))
        self._rebuild()

    def set_peaks(self, peaks: PeakSource | None) -> None:
        """Draw the sound itself, as soon as its peaks are there."""
        self._tiles.set_peaks(peaks)
        self.viewport().update()

    def set_position(self, position_s: float) -> None:
        """Move the playhead; only its old and new place are drawn."""
        before = self._playhead_rect()
        self._position_s = min(max(position_s, 0.0), self._axis.duration_s)
        if self._follow and self._turn_page():
            return
        self.viewport().update(before)
        self.viewport().update(self._playhead_rect())

    def select(self, start_s: float, end_s: float) -> None:
        """Show a stretch as selected without telling anyone."""
        self._selection = Interval(start_s, end_s)
        self.viewport().update()

    def clear_selection(self) -> None:
        """Show nothing as selected without telling anyone."""
        self._selection = None
        self.viewport().update()

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Zoom around pixel `x` of the lanes, or around the playhead."""
        around = self._axis.x_of(self._position_s) if x is None else x
        if x is None and not 0 <= around <= self._axis.width:
            around = self._axis.width / 2
        self._axis = self._axis.zoomed(factor, around)
        self._rebuild()

    # Drawing ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles under the changed part, then what lies above them."""
        painter = QPainter(self.viewport())
        colours = current_colours()
        painter.fillRect(event.rect(), QColor(colours.surface))
        painter.save()
        painter.setClipRect(QRect(GUTTER, 0, self._lane_width(), self.viewport().height()))
        painter.translate(GUTTER, 0)
        left, right = event.rect().left() - GUTTER, event.rect().right() - GUTTER
        self._tiles.draw(painter, self._axis, max(left, 0), min(right, self._axis.width))
        height = self.viewport().height()
        if self._selection is not None:
            start_x = self._axis.x_of(self._selection.start_s)
            end_x = self._axis.x_of(self._selection.end_s)
            draw_selection(painter, colours, QRectF(start_x, 0, max(end_x - start_x, 1), height))
        draw_playhead(painter, colours, self._axis.x_of(self._position_s), height)
        painter.restore()
        if event.rect().left() < GUTTER:
            fonts = (sized(self.font(), BODY_POINTS, strong=True), sized(self.font(), SMALL_POINTS))
            marks = self._tiles.marks
            if marks.has_ribbon:
                draw_ribbon_gutter(painter, colours, marks.ribbon_top, marks.curves, fonts[1])
            for box in self._tiles.boxes:
                draw_gutter(painter, colours, box, GUTTER, fonts)
        if self.hasFocus():
            draw_focus(painter, colours, QRectF(self.viewport().rect()))
        painter.end()

    def _playhead_rect(self) -> QRect:
        x = GUTTER + round(self._axis.x_of(self._position_s))
        return QRect(x - PLAYHEAD_REACH, 0, 2 * PLAYHEAD_REACH + 1, self.viewport().height())

    def _lane_width(self) -> int:
        return max(self.viewport().width() - GUTTER, 1)

    def _rebuild(self) -> None:
        tiles = self._tiles
        tiles.colours = current_colours()
        tiles.font = sized(self.font(), SMALL_POINTS)
        tiles.height = self.viewport().height()
        tiles.ratio = self.viewport().devicePixelRatioF()
        tiles.boxes = place_lanes(self._lanes, tiles.height, tiles.marks)
        tiles.clear()
        bar = self.horizontalScrollBar()
        place = round(self._axis.scroll_px)
        bar.setRange(0, self._axis.most_scroll_px)
        bar.setPageStep(self._axis.width)
        bar.setSingleStep(max(self._axis.width // 20, 1))
        bar.setValue(place)
        self.viewport().update()

    # Moving ----------------------------------------------------------------------------------

    def _scrolled(self, value: int) -> None:
        if value == round(self._axis.scroll_px):
            return
        self._axis = self._axis.scrolled_to(value)
        self.viewport().update()

    def _leave_sound(self) -> None:
        self._follow = False

    def _turn_page(self) -> bool:
        """Scroll on when the playhead has left the window; tell whether it had."""
        x = self._axis.x_of(self._position_s)
        if 0 <= x <= self._axis.width:
            return False
        wanted = self._axis.scroll_px + x - self._axis.width * FOLLOW_MARGIN
        self.horizontalScrollBar().setValue(round(wanted))
        self.viewport().update()
        return True

    def _seek(self, seconds: float) -> None:
        self._follow = True
        wanted = min(max(seconds, 0.0), self._axis.duration_s)
        self.set_position(wanted)
        self._describe()
        self.seekRequested.emit(wanted)

    def _describe(self) -> None:
        self.setAccessibleDescription(
            _("At {time} of {duration}. Arrow keys move, Shift and arrow keys select.").format(
                time=clock(self._position_s), duration=clock(self._axis.duration_s)
            )
        )

    # Mouse and keys --------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a selection."""
        if event.button() == Qt.MouseButton.LeftButton and event.position().x() >= GUTTER:
            self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Grow the selection once the pointer has really moved."""
        if self._pressed_at is None:
            over = self._moment_at(event.position()) is not None
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)
            return
        moved = abs(event.position().x() - self._pressed_at.x())
        self._dragging = self._dragging or moved >= QApplication.startDragDistance()
        if not self._dragging:
            return
        ends = sorted((self._time_at(self._pressed_at), self._time_at(event.position())))
        self.select(ends[0], ends[1])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the place that was clicked, or announce the selection."""
        pressed, self._pressed_at = self._pressed_at, None
        if pressed is None:
            return
        dragged, self._dragging = self._dragging, False
        if dragged and self._selection is not None:
            self.rangeSelected.emit(self._selection.start_s, self._selection.end_s)
            return
        moment = self._moment_at(event.position())
        if moment is not None:
            self.momentChosen.emit(moment)
            return
        self._drop_selection()
        self._seek(self._time_at(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer; sideways (or with Shift) scroll."""
        delta = event.angleDelta()
        sideways = abs(delta.x()) > abs(delta.y())
        if sideways or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._leave_sound()
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (delta.x() if sideways else delta.y()))
        else:
            self.zoom(ZOOM_STEP ** (delta.y() / 120), event.position().x() - GUTTER)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, select and zoom by keyboard; leave every other key to the screen."""
        step = {Qt.Key.Key_Left: -KEY_STEP_S, Qt.Key.Key_Right: KEY_STEP_S}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._extend_selection(step)
        elif step is not None:
            self._seek(self._position_s + step)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / ZOOM_STEP)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._seek(0.0 if event.key() == Qt.Key.Key_Home else self._axis.duration_s)
        elif event.key() == Qt.Key.Key_Escape and self._selection is not None:
            self._drop_selection()
        else:
            event.ignore()

    def _extend_selection(self, step: float) -> None:
        if self._selection is None:
            start, end = self._position_s, self._position_s
        else:
            start, end = self._selection.start_s, self._selection.end_s
        end = min(max(end + step, start), self._axis.duration_s)
        if end <= start:
            self._drop_selection()
            return
        self.select(start, end)
        self.rangeSelected.emit(start, end)

    def _drop_selection(self) -> None:
        if self._selection is not None:
            self.clear_selection()
            self.selectionCleared.emit()

    def _moment_at(self, point: QPointF) -> Finding | None:
        marks = self._tiles.marks
        at = QPointF(point.x() - GUTTER, point.y())
        return moment_at(self._axis, marks.ribbon_top, marks.moments, at)

    def _time_at(self, point: QPointF) -> float:
        return self._axis.s_of(point.x() - GUTTER)

    # Qt's notices ----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place when the window changes; a call shown whole stays whole."""
        super().resizeEvent(event)
        self._axis = self._axis.resized(self._lane_width())
        self._rebuild()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in new colours or fonts."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._rebuild()

    def viewportEvent(self, event: QEvent) -> bool:
        """Explain the marks under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = plain_tooltip(self.marks_at(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._rebuild()
        return super().viewportEvent(event)

    def marks_at(self, point: QPointF) -> str:
        """What the marks under a point of the viewport say, one a line."""
        if point.x() < GUTTER:
            names = [
                b.lane.name for b in self._tiles.boxes if b.top <= point.y() < b.top + b.height
            ]
            return names[0] if names else ""
        at = QPointF(point.x() - GUTTER, point.y())
        return describe_marks(self._axis, self._tiles.marks, self._tiles.boxes, at)
