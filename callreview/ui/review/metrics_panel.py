"""The facts of a call: who talked, where it went silent, how the feeling changed."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from callreview.config.language import _, ngettext
from callreview.domain.figure_text import clock, signed
from callreview.domain.recording import Damage
from callreview.domain.sentiment import SpeakerSentiment
from callreview.domain.talk_metrics import Interval, TalkMetrics
from callreview.domain.transcript import Role
from callreview.ui.review.call_view import CallView
from callreview.ui.review.certainty import dropped_lines
from callreview.ui.review.flow_layout import FlowLayout
from callreview.ui.review.labels import label
from callreview.ui.review.talk_share_bar import TalkShareBar
from callreview.ui.review.wording import precise, role_name
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL, TIGHT, WIDE


class MetricsPanel(QScrollArea):
    """Numbers with their words; every stretch of time can be heard."""

    playRequested = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: CallView | None = None
        self.setWidget(_Sheet())

    def show_call(self, view: CallView) -> None:
        """Show a call's facts; nothing is built anew when they are the ones shown."""
        if self._shown is not None and _facts(self._shown) == _facts(view):
            return
        self._shown = view
        place = self.verticalScrollBar().value()
        sheet = _Sheet()
        sheet.playRequested.connect(self.playRequested)
        if view.metrics is None:
            sheet.add_text(_("These facts appear once the call is processed."))
        else:
            sheet.add_talk(view.metrics)
            sheet.add_silences(view.metrics)
            sheet.add_sentiment(view.sentiment)
        sheet.add_dropped(view.transcript.dropped if view.transcript else {})
        sheet.add_damage(view.damage)
        sheet.finish()
        self.setWidget(sheet)
        self.verticalScrollBar().setValue(place)


class _Sheet(QWidget):
    """The content of the panel, built once for each call."""

    playRequested = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        self._body.setSpacing(SMALL)

    def finish(self) -> None:
        """Keep everything at the top."""
        self._body.addStretch(1)

    def add_text(self, text: str) -> None:
        """Add a sentence."""
        self._body.addWidget(label(text, "muted", wrap=True))

    def add_talk(self, metrics: TalkMetrics) -> None:
        """Add talk share, pace and turns."""
        self._add_title(f"~ {_('Talk')}" if metrics.estimated else _("Talk"))
        bar = TalkShareBar()
        bar.show_shares(metrics.talk_share)
        self._body.addWidget(bar)
        roles = list(metrics.talk_share)
        self._add_table(
            ["", *[role_name(role) for role in roles]],
            [
                [_("Talk share"), *[f"{metrics.talk_share[role]:.0%}" for role in roles]],
                [_("Of the call"), *[_share(metrics.talk_share_of_call, role) for role in roles]],
                [_("Words per minute"), *[_whole(metrics.words_per_minute, r) for r in roles]],
                [_("Longest monologue"), *[_length(metrics.longest_monologue_s, r) for r in roles]],
                [_("Questions asked"), *[str(metrics.questions.get(role, 0)) for role in roles]],
                [_("Interruptions"), *[_count(metrics, role) for role in roles]],
            ],
        )
        if metrics.response_time_s is not None:
            self.add_text(
                _("The agent answers after {length} on average.").format(
                    length=precise(metrics.response_time_s)
                )
            )
        if metrics.estimated:
            self.add_text(_("~ Estimated: the speakers were recorded on one channel."))

    def add_silences(self, metrics: TalkMetrics) -> None:
        """Add dead air, overtalk and interruptions, each to hear."""
        self._add_stretches(
            _("Dead air"), metrics.dead_air.instances, metrics.dead_air.total_s, _("No dead air.")
        )
        self._add_stretches(
            _("Overtalk"), metrics.overtalk.instances, metrics.overtalk.total_s, _("No overtalk.")
        )
        for role, stretches in metrics.interruptions.items():
            if stretches:
                title = _("Interruptions by: {role}").format(role=role_name(role))
                self._add_stretches(title, stretches, sum(s.length_s for s in stretches), "")

    def add_sentiment(self, sentiment: Mapping[Role, SpeakerSentiment]) -> None:
        """Add score and course of the feeling of each speaker."""
        if not sentiment:
            return
        self._add_title(_("Sentiment, −5 to +5"))
        roles = list(sentiment)
        quarters = [
            [
                _("Quarter {number}").format(number=number + 1),
                *[signed(sentiment[role].quarters[number]) for role in roles],
            ]
            for number in range(4)
        ]
        self._add_table(
            ["", *[role_name(role) for role in roles]],
            [
                [_("Score"), *[signed(sentiment[role].score) for role in roles]],
                *quarters,
                [_("Shift"), *[_shift(sentiment[role].shift) for role in roles]],
            ],
        )

    def add_dropped(self, dropped: Mapping[str, int]) -> None:
        """Add what was recognised and left out."""
        lines = dropped_lines(dropped)
        if lines:
            self._add_title(_("Left out"))
            for line in lines:
                self.add_text(line)

    def add_damage(self, damage: Sequence[Damage]) -> None:
        """Add what of the recording could not be read."""
        if not damage:
            return
        self._add_title(_("Damaged recording"))
        for piece in damage:
            self._add_buttons((Interval(piece.start_s, piece.end_s),))
            self.add_text(piece.reason)

    def _add_title(self, text: str) -> None:
        if self._body.count():
            self._body.addSpacing(MEDIUM)
        self._body.addWidget(label(text, "section", wrap=True))

    def _add_stretches(
        self, title: str, stretches: Sequence[Interval], total_s: float, none: str
    ) -> None:
        self._add_title(title)
        if not stretches:
            self.add_text(none)
            return
        count = len(stretches)
        longest = max(stretch.length_s for stretch in stretches)
        self.add_text(
            ngettext(
                "{count} time, {total}", "{count} times, {total} in all, longest {longest}", count
            ).format(count=count, total=precise(total_s), longest=precise(longest))
        )
        self._add_buttons(stretches)

    def _add_buttons(self, stretches: Sequence[Interval]) -> None:
        flow = FlowLayout(gap=TIGHT)
        for stretch in stretches:
            flow.addWidget(self._time_button(stretch))
        self._body.addLayout(flow)

    def _time_button(self, stretch: Interval) -> QPushButton:
        text = f"{clock(stretch.start_s)} · {precise(stretch.length_s)}"
        button = QPushButton(text)
        button.setProperty("kind", "time")
        button.setAccessibleName(_("Play {time}").format(time=text))
        button.clicked.connect(lambda: self.playRequested.emit(stretch.start_s, stretch.end_s))
        return button

    def _add_table(self, heads: list[str], rows: list[list[str]]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(WIDE)
        grid.setVerticalSpacing(SMALL - 2)
        grid.setColumnStretch(0, 1)
        for column, head in enumerate(heads):
            grid.addWidget(label(head, "muted"), 0, column, Qt.AlignmentFlag.AlignRight)
        for line, cells in enumerate(rows, start=1):
            grid.addWidget(label(cells[0]), line, 0)
            for column, cell in enumerate(cells[1:], start=1):
                grid.addWidget(label(cell, "strong"), line, column, Qt.AlignmentFlag.AlignRight)
        self._body.addLayout(grid)


def _facts(view: CallView) -> tuple[object, ...]:
    dropped = dict(view.transcript.dropped) if view.transcript else {}
    return view.summary.id, view.metrics, dict(view.sentiment), view.damage, dropped


def _share(shares: Mapping[Role, float], role: Role) -> str:
    return f"{shares[role]:.0%}" if role in shares else "–"


def _whole(values: Mapping[Role, float], role: Role) -> str:
    return f"{values[role]:.0f}" if role in values else "–"


def _length(values: Mapping[Role, float], role: Role) -> str:
    return precise(values[role]) if role in values else "–"


def _count(metrics: TalkMetrics, role: Role) -> str:
    return str(len(metrics.interruptions.get(role, ())))


def _shift(value: float | None) -> str:
    if value is None or not round(value, 1):
        return signed(value)
    return ("▲ " if value > 0 else "▼ ") + signed(value)
