"""The score of an evaluation in short: total, what is open, what failed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callreview.config.language import _, current_language, ngettext
from callreview.domain.evaluation import Evaluation
from callreview.domain.scorecard import Section, wording_in
from callreview.ui.review.labels import label
from callreview.ui.review.wording import percent
from callreview.ui.theme.spacing import MEDIUM, SMALL


class ScoreSummary(QWidget):
    """Final score in large, raw and critical score beside it, the auto-fail and its cause below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.total = label("", "figure", self)
        self.detail = label("", "muted", self, wrap=True)
        self.status = label("", "badge", self)
        self.banner = label("", "danger", self, wrap=True)
        self.banner.hide()
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.addWidget(self.total)
        row.addWidget(self.detail, 1)
        row.addWidget(self.status, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        layout.addLayout(row)
        layout.addWidget(self.banner)

    def show_score(self, evaluation: Evaluation) -> None:
        """Show the score that the answers give so far."""
        score = evaluation.score
        self.total.setText(percent(score.final))
        self.total.setAccessibleName(_("Score {score}").format(score=percent(score.final)))
        parts = [_open_questions(len(score.unanswered))]
        if score.raw is not None and score.raw != score.final:
            parts.append(_("{score} before the fail").format(score=percent(score.raw)))
        if score.critical is not None:
            parts.append(_("critical {score}").format(score=percent(score.critical)))
        self.detail.setText(" · ".join(parts))
        self.status.setText(_("Final") if evaluation.status == "final" else _("Draft"))
        self.banner.setText("\n".join(f"✕ {line}" for line in _fails(evaluation)))
        self.banner.setVisible(bool(score.fail_causes))


def _open_questions(count: int) -> str:
    if count == 0:
        return _("all answered")
    return ngettext("{count} question open", "{count} questions open", count).format(count=count)


def _fails(evaluation: Evaluation) -> list[str]:
    lines = []
    for section in evaluation.scorecard.sections:
        for question in section.questions:
            if question.key not in evaluation.score.fail_causes:
                continue
            text = wording_in(question.text, current_language())
            if question.auto_fail == "form":
                lines.append(_("The whole form is failed by: {question}").format(question=text))
            else:
                lines.append(_section_fail(section, text))
    return lines


def _section_fail(section: Section, question: str) -> str:
    return _("“{section}” is failed by: {question}").format(
        section=wording_in(section.title, current_language()), question=question
    )
