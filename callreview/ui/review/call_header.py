"""Which call is reviewed: reference, people, date, queue, outcome."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callreview.config.language import _
from callreview.domain.figure_text import clock
from callreview.ui.library.columns import date_text
from callreview.ui.review.call_view import CallView
from callreview.ui.review.certainty import notices_of
from callreview.ui.review.labels import ElidedLabel, label
from callreview.ui.review.lane_switch import RoleMark
from callreview.ui.review.wording import role_name
from callreview.ui.theme.spacing import LARGE, MEDIUM, SMALL, TIGHT


class CallHeader(QWidget):
    """Who spoke with whom, the circumstances, and what is unsure about who says what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.agent = ElidedLabel("", "title", self)
        self.customer = ElidedLabel("", "title", self)
        self.details = ElidedLabel("", "muted", self)
        names = QHBoxLayout()
        names.setSpacing(SMALL)
        for mark, name in (
            (RoleMark("agent", self), self.agent),
            (RoleMark("customer", self), self.customer),
        ):
            names.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
            names.addWidget(name, 1)
            names.addSpacing(MEDIUM)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        layout.setSpacing(TIGHT)
        layout.addLayout(names)
        layout.addWidget(self.details)
        self.notice = label("", "badge", self, wrap=True)
        self.notice.hide()
        layout.addWidget(self.notice)

    def show_call(self, view: CallView) -> None:
        """Show another call."""
        self.agent.show_text(view.person("agent") or role_name("agent"))
        self.customer.show_text(view.person("customer") or role_name("customer"))
        summary, metadata = view.summary, view.metadata
        parts = [
            summary.reference,
            date_text(summary.started_at),
            clock(summary.duration_s),
            _direction(summary.direction),
            summary.queue,
            summary.campaign,
            summary.outcome,
            metadata.team,
        ]
        self.details.show_text("  ·  ".join(part for part in parts if part))
        self._say(notices_of(view.transcript) if view.transcript else [])

    def _say(self, notices: list[str]) -> None:
        self.notice.setText("\n".join(notices))
        self.notice.setVisible(bool(notices))


def _direction(direction: str) -> str:
    return {"inbound": _("Inbound"), "outbound": _("Outbound")}.get(direction, "")
