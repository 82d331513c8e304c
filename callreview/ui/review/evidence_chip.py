"""A piece of evidence: when and what was said, to hear or to remove."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from callreview.config.language import _
from callreview.domain.anchors import Anchor
from callreview.domain.evaluation import Evidence
from callreview.domain.figure_text import clock, clock_range
from callreview.ui.review.wording import button_text, plain_tooltip
from callreview.ui.theme.colours import current_colours
from callreview.ui.theme.icons import IconButton, tinted_icon


class EvidenceChip(QWidget):
    """Time and quote in one line; a click plays it, × removes it.

    It plays where its words stand in the transcript of now (`anchor`). Evidence whose words are not
    there any more (None) says so with a sign and plays by its own time.
    """

    playRequested = Signal(float, float)
    removeRequested = Signal(object)

    def __init__(
        self,
        evidence: Evidence,
        anchor: Anchor | None,
        parent: QWidget | None = None,
        *,
        removable: bool = True,
    ) -> None:
        super().__init__(parent)
        self.evidence = evidence
        self.lost = anchor is None
        self._start_s = anchor.start_s if anchor else evidence.start_s
        self._end_s = anchor.end_s if anchor else evidence.end_s
        self._play = QPushButton(self)
        self._play.setProperty("kind", "chip")
        self._play.setIconSize(QSize(14, 14))
        self._play.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        time = clock_range(self._start_s, self._end_s)
        name = _("Play evidence {time}: {quote}").format(time=time, quote=evidence.quote)
        lost = _("These words are not in this version of the transcript.") if self.lost else ""
        self._play.setAccessibleName(f"{name} {lost}".strip())
        self._play.setToolTip(plain_tooltip(f"{time}\n{evidence.quote}\n{lost}".strip()))
        self._play.clicked.connect(lambda: self.playRequested.emit(self._start_s, self._end_s))
        self._remove = IconButton("close", _("Remove evidence {time}").format(time=time), self)
        self._remove.clicked.connect(lambda: self.removeRequested.emit(evidence))
        self._remove.setVisible(removable)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._play, 1)
        layout.addWidget(self._remove)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the quote for the new width."""
        super().resizeEvent(event)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours when light and dark change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show()

    def _show(self) -> None:
        colours = current_colours()
        icon, colour = ("lost", colours.muted) if self.lost else ("play", colours.accent)
        self._play.setIcon(tinted_icon(icon, colour, 14))
        text = clock(self._start_s)
        if self.evidence.quote:
            text += f"  “{self.evidence.quote}”"
        room = max(self._play.width() - 44, 40)
        metrics = self._play.fontMetrics()
        self._play.setText(button_text(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)))
