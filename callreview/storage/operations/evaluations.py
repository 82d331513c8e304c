"""Actions on whole evaluations: start, finish, reopen, delete, score at once."""

from dataclasses import dataclass
from typing import ClassVar

from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.evaluation import Answer
from callreview.storage.evaluations import load_evaluation
from callreview.storage.operations.action import Action
from callreview.storage.operations.answers import (
    EVALUATION_TOPICS,
    put_answer,
    require_draft,
    require_evaluation,
    rescore,
)
from callreview.storage.operations.calls import require_call
from callreview.storage.recorder import Recorder, Row
from callreview.storage.scorecards import latest_scorecard_id


@dataclass(frozen=True)
class StartEvaluation(Action):
    """Begin a draft on a call with the newest version of a scorecard."""

    call_id: int
    scorecard: str
    reviewer: str
    name: ClassVar[str] = "start_evaluation"
    topics: ClassVar[frozenset[str]] = EVALUATION_TOPICS

    def run(self, recorder: Recorder) -> int:
        """Return the id of the draft; UserError when the call or the scorecard is unknown."""
        return _start(recorder, self.call_id, self.scorecard, self.reviewer)


@dataclass(frozen=True)
class SaveScoredEvaluation(Action):
    """Add an evaluation with its answers at once, finished or left a draft."""

    call_id: int
    scorecard: str
    reviewer: str
    answers: tuple[Answer, ...]
    finish: bool = True
    name: ClassVar[str] = "save_scored_evaluation"
    topics: ClassVar[frozenset[str]] = EVALUATION_TOPICS

    def run(self, recorder: Recorder) -> int:
        """Return the id of the evaluation; UserError when the form does not allow an answer."""
        evaluation_id = _start(recorder, self.call_id, self.scorecard, self.reviewer)
        for answer in self.answers:
            put_answer(recorder, evaluation_id, answer)
        rescore(recorder, evaluation_id)
        if self.finish:
            _finish(recorder, evaluation_id)
        return evaluation_id


@dataclass(frozen=True)
class FinishEvaluation(Action):
    """Make a draft final, so that it counts; every question has to be answered."""

    evaluation_id: int
    name: ClassVar[str] = "finish_evaluation"
    topics: ClassVar[frozenset[str]] = EVALUATION_TOPICS

    def run(self, recorder: Recorder) -> None:
        """Change the status; UserError when it is not a draft or not complete."""
        require_draft(recorder, self.evaluation_id)
        _finish(recorder, self.evaluation_id)


@dataclass(frozen=True)
class ReopenEvaluation(Action):
    """Make a finished evaluation a draft again."""

    evaluation_id: int
    name: ClassVar[str] = "reopen_evaluation"
    topics: ClassVar[frozenset[str]] = EVALUATION_TOPICS

    def run(self, recorder: Recorder) -> None:
        """Change the status; UserError when it is not finished."""
        if require_evaluation(recorder, self.evaluation_id)["status"] != "final":
            raise UserError(_("This evaluation is not finished yet."))
        changes = {"status": "draft", "finished_at": ""}
        recorder.update("evaluation", {"id": self.evaluation_id}, changes)


@dataclass(frozen=True)
class DeleteEvaluation(Action):
    """Delete an evaluation with its answers and evidence."""

    evaluation_id: int
    name: ClassVar[str] = "delete_evaluation"
    topics: ClassVar[frozenset[str]] = EVALUATION_TOPICS

    def run(self, recorder: Recorder) -> None:
        """Remove the rows; UserError when the evaluation is gone."""
        require_evaluation(recorder, self.evaluation_id)
        recorder.delete("evaluation", {"id": self.evaluation_id})


def _start(recorder: Recorder, call_id: int, scorecard: str, reviewer: str) -> int:
    require_call(recorder, call_id)
    return recorder.insert(
        "evaluation",
        {
            "call_id": call_id,
            "scorecard_id": latest_scorecard_id(recorder.db, scorecard),
            "reviewer": reviewer,
            "status": "draft",
            "created_at": recorder.now,
            "finished_at": "",
            "form_failed": 0,
            "fail_causes": "[]",
        },
    )


def _finish(recorder: Recorder, evaluation_id: int) -> None:
    unanswered = load_evaluation(recorder.db, evaluation_id).score.unanswered
    if unanswered:
        raise UserError(
            _("These questions have no answer yet: {keys}. Answer them, or choose N/A.").format(
                keys=", ".join(unanswered)
            )
        )
    changes: Row = {"status": "final", "finished_at": recorder.now, "roles_changed": 0}
    recorder.update("evaluation", {"id": evaluation_id}, changes)
