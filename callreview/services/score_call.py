"""Scoring a call from a file of answers, as the command line does."""

import json
from collections.abc import Mapping
from pathlib import Path

from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.evaluation import Answer, Evaluation, Evidence
from callreview.domain.scorecard import Option, Question, Scorecard
from callreview.domain.transcript import Transcript
from callreview.storage import calls, evaluations, scorecards, transcripts
from callreview.storage.operations.evaluations import SaveScoredEvaluation
from callreview.storage.workspace import Workspace

NOT_APPLICABLE = frozenset({"na", "n/a", "not applicable", "해당 없음", "해당없음"})


def score_call(
    workspace: Workspace, id_or_reference: str, scorecard: str, answers_file: Path, reviewer: str
) -> Evaluation:
    """Save an evaluation with the answers of a JSON file; final when every question is answered.

    The file maps question keys to answers: a value 0..1, true or false, an option's wording, null
    or "n/a", or an object with `value`, `note` and `evidence` (a list of `start_s`, `end_s` and
    optionally `quote`); without `value` it only notes something. It may hold that mapping under "answers". Raises UserError naming the
    file and the question that cannot be used.
    """
    with workspace.read() as db:
        call_id = calls.find_call(db, id_or_reference)
        card = scorecards.latest_scorecard(db, scorecard)
        transcript = transcripts.load_transcript(db, call_id)
    answers = read_answers(answers_file, card, transcript)
    given = {answer.question for answer in answers if answer.answered}
    complete = given == {question.key for question in card.questions}
    evaluation_id = workspace.apply(
        SaveScoredEvaluation(call_id, card.name, reviewer, answers, finish=complete), "cli"
    )
    with workspace.read() as db:
        return evaluations.load_evaluation(db, evaluation_id)


def read_answers(path: Path, card: Scorecard, transcript: Transcript | None) -> tuple[Answer, ...]:
    """The answers in a file, in the order of the form; UserError naming file and question."""
    given = _read_mapping(path)
    unknown = sorted(set(given) - {question.key for question in card.questions})
    if unknown:
        raise UserError(
            _("{path}: the scorecard “{name}” has no question {keys}. It has: {known}.").format(
                path=path,
                name=card.name,
                keys=", ".join(unknown),
                known=", ".join(question.key for question in card.questions),
            )
        )
    return tuple(
        _answer(path, question, given[question.key], transcript)
        for question in card.questions
        if question.key in given
    )


def _read_mapping(path: Path) -> Mapping[str, object]:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise UserError(
            _("{path}: this is not JSON ({reason}).").format(path=path, reason=error)
        ) from error
    if isinstance(data, dict) and "answers" in data:
        data = data["answers"]
    if isinstance(data, list):
        data = {str(item.get("question")): item for item in data if isinstance(item, dict)}
    if not isinstance(data, dict) or not data:
        raise UserError(
            _("{path}: expected an object that maps question keys to answers.").format(path=path)
        )
    return data


def _answer(path: Path, question: Question, given: object, transcript: Transcript | None) -> Answer:
    try:
        if not isinstance(given, dict):
            return Answer(question.key, _value(question, given))
        return Answer(
            question.key,
            _value(question, given.get("value")),
            str(given.get("note") or ""),
            tuple(_evidence(piece, transcript) for piece in given.get("evidence") or ()),
            answered="value" in given,
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError(
            _("{path}: the answer to “{question}” cannot be used ({reason}).").format(
                path=path, question=question.key, reason=error
            )
        ) from error


def _value(question: Question, given: object) -> float | None:
    if given is None:
        return None
    if isinstance(given, bool | int | float):
        return float(given)
    text = str(given).strip().casefold()
    if text in NOT_APPLICABLE:
        return None
    for option in question.options:
        if text in _wordings(option):
            return option.value
    try:
        return float(text)
    except ValueError:
        known = ", ".join(f"{option.value:g}" for option in question.options)
        message = _("“{text}” is none of {values}")
        raise ValueError(message.format(text=text, values=known)) from None


def _wordings(option: Option) -> set[str]:
    return {label.casefold() for label in option.label.values()}


def _evidence(piece: Mapping[str, object], transcript: Transcript | None) -> Evidence:
    start_s, end_s = float(str(piece["start_s"])), float(str(piece["end_s"]))
    if not 0 <= start_s <= end_s:
        raise ValueError(f"start_s {start_s}, end_s {end_s}")
    quote = str(piece.get("quote") or "")
    return Evidence(start_s, end_s, quote or words_between(transcript, start_s, end_s))


def words_between(transcript: Transcript | None, start_s: float, end_s: float) -> str:
    """What was said between two times (seconds), in the order of the talk."""
    said = []
    for turn in transcript.turns if transcript else ():
        words = [w for w in turn.words if start_s <= (w.start_s + w.end_s) / 2 <= end_s]
        if words:
            said.append("".join((" " if w.space_before else "") + w.text for w in words).strip())
    return " ".join(said)
