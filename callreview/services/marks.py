"""Reviewers' marks in the active version of a transcript: where they stand, which are lost.

Nothing is rewritten when a call is transcribed again: comments and evidence keep their times and
quotes, finished evaluations stay as they were, and where a mark stands now is found when it is read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from callreview.config.language import _, current_language
from callreview.domain.anchors import NEAR_S, Anchor, Anchors
from callreview.domain.annotation import Comment
from callreview.domain.evaluation import Answer, Evaluation, Evidence
from callreview.domain.scorecard import wording_in
from callreview.domain.transcript import Transcript
from callreview.storage import comments, evaluations, transcript_versions, transcripts
from callreview.storage.workspace import Workspace

if TYPE_CHECKING:
    from callreview.storage.connection import Database


@dataclass(frozen=True)
class LostMark:
    """A mark whose words are not in the transcript any more; it still plays by its time (seconds).

    `about` is the question that the evidence supports, in the user's language, or who commented;
    `text` what was quoted or commented.
    """

    kind: Literal["evidence", "comment"]
    about: str
    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Marks:
    """Where each mark stands (None: lost), by the mark itself; and the lost ones in order of time.

    Marks of a call without transcript are neither found nor lost.
    """

    anchors: Mapping[Evidence, Anchor | None] = field(default_factory=dict)
    lost: tuple[LostMark, ...] = ()


def find_marks(
    db: "Database",
    call_id: int,
    transcript: Transcript | None,
    written: Sequence[Comment],
    scored: Sequence[Evaluation],
) -> Marks:
    """Find the comments and the evidence of a call in its active transcript."""
    if transcript is None or not (written or scored):
        return Marks()
    anchors = Anchors(transcript)
    pieces = dict.fromkeys((*(one.place for one in written), *_evidence(scored)))
    found = {piece: _find(db, call_id, anchors, piece) for piece in pieces}
    lost = [
        *(_lost_comment(one) for one in written if found[one.place] is None),
        *_lost_evidence(scored, found),
    ]
    return Marks(found, tuple(sorted(lost, key=lambda mark: mark.start_s)))


def lost_marks(workspace: Workspace, call_id: int) -> tuple[LostMark, ...]:
    """The marks of a call whose words its active transcript does not have."""
    with workspace.read() as db:
        written = comments.list_comments(db, call_id)
        scored = evaluations.list_evaluations(db, call_id=call_id)
        if not written and not scored:
            return ()
        transcript = transcripts.load_transcript(db, call_id)
        return find_marks(db, call_id, transcript, written, scored).lost


def describe(mark: LostMark) -> str:
    """A lost mark in one line: when, about what, and the words."""
    minutes, seconds = divmod(int(mark.start_s), 60)
    said = f": “{mark.text}”" if mark.text else ""
    return f"{minutes}:{seconds:02} {mark.about}{said}"


def _find(db: "Database", call_id: int, anchors: Anchors, mark: Evidence) -> Anchor | None:
    found = anchors.find(mark)
    if found is None and not mark.quote:
        start_s, end_s = mark.start_s - NEAR_S, mark.end_s + NEAR_S
        if not transcript_versions.was_said(db, call_id, start_s, end_s):
            # A mark on silence or music never had words to lose.
            return Anchor(mark.start_s, mark.end_s, None, "")
    return found


def _evidence(scored: Iterable[Evaluation]) -> Iterable[Evidence]:
    return (piece for one in scored for answer in one.answers for piece in answer.evidence)


def _lost_comment(comment: Comment) -> LostMark:
    about = _("Comment by {author}").format(author=comment.author)
    return LostMark("comment", about, comment.text, comment.start_s, comment.end_s)


def _lost_evidence(
    scored: Iterable[Evaluation], found: Mapping[Evidence, Anchor | None]
) -> Iterable[LostMark]:
    return (
        LostMark("evidence", _question(one, answer), piece.quote, piece.start_s, piece.end_s)
        for one in scored
        for answer in one.answers
        for piece in answer.evidence
        if found[piece] is None
    )


def _question(evaluation: Evaluation, answer: Answer) -> str:
    questions = {question.key: question for question in evaluation.scorecard.questions}
    question = questions.get(answer.question)
    return wording_in(question.text, current_language()) if question else answer.question
