"""Assigning roles recounts everything that depends on them, loses nothing and can be undone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.analysis.analyse import count_by_role
from callreview.analysis.phrases.keyword_lists import KeywordList
from callreview.analysis.settings import AnalysisSettings
from callreview.domain.errors import UserError
from callreview.domain.sentiment import TurnSentiment
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Role, Speaker, Transcript, Turn, Word
from callreview.services import evaluate, roles
from callreview.services.keywords import save_lists
from callreview.storage.evaluations import list_evaluations
from callreview.storage.processing import set_processing
from callreview.storage.settings import load_setting
from callreview.storage.transcripts import load_analysis, load_transcript, store_transcript
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import an_analysis, dump, import_call, install_service

DURATION_S = 60.0
SPEAKERS: tuple[Speaker, ...] = (
    Speaker("S1", "agent", None, 0.6),
    Speaker("S2", "customer", None, 0.6),
    Speaker("S3", "unknown", None, 0.0),
)
SAID = (
    ("S1", "How can I help you?", 0.0),
    ("S2", "I want a refund now", 4.0),
    ("S3", "please give him a refund", 5.5),
    ("S1", "okay", 6.0),
    ("S2", "When does the refund come?", 12.0),
    ("S3", "a refund, a refund", 20.0),
)
ROLES = st.sampled_from(("agent", "customer", "ivr", "supervisor", "unknown"))
REFUND = KeywordList("refund", {"en": "Refund"}, "en", "customer", ("refund",))


def a_turn(speaker: str, text: str, start_s: float) -> Turn:
    words = tuple(
        Word(word, start_s + 0.5 * n, start_s + 0.5 * n + 0.4, 0.9, n > 0)
        for n, word in enumerate(text.split())
    )
    role = next(one.role for one in SPEAKERS if one.id == speaker)
    feeling = TurnSentiment("negative", 0.7, 0.2, 0.1)
    return Turn(speaker, role, start_s, words[-1].end_s, words, "en", feeling)


def talk() -> Transcript:
    return Transcript("en", SPEAKERS, tuple(a_turn(*said) for said in SAID), {"speech": "base"})


def speech() -> dict[str, tuple[Interval, ...]]:
    return {
        speaker.id: tuple(
            Interval(turn.start_s, turn.end_s)
            for turn in talk().turns
            if turn.speaker == speaker.id
        )
        for speaker in SPEAKERS
    }


def process(workspace: Workspace, call_id: int) -> None:
    counted = count_by_role(talk(), speech(), DURATION_S, AnalysisSettings(), {"talk": "talk-1"})

    def work(db: object) -> None:
        store_transcript(db, call_id, talk(), counted)  # type: ignore[arg-type]
        set_processing(db, call_id, "processed")  # type: ignore[arg-type]

    workspace.write(work, {"transcripts"})


@pytest.fixture(scope="module")
def three_voices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, int]]:
    with Workspace.open(tmp_path_factory.mktemp("roles") / "workspace") as workspace:
        install_service(workspace)
        save_lists(workspace, (REFUND,))
        call_id = import_call(workspace)
        process(workspace, call_id)
        evaluate.start_evaluation(workspace, call_id, "inbound-service", "Kim")
        yield workspace, call_id


def found(workspace: Workspace, call_id: int) -> tuple[object, object]:
    """Everything but how sure the roles are."""
    with workspace.read() as db:
        transcript = load_transcript(db, call_id)
        analysis = load_analysis(db, call_id)
    assert transcript is not None
    return replace(transcript, speakers=()), analysis


@settings(max_examples=25, deadline=None)
@given(chosen=st.dictionaries(st.sampled_from(("S1", "S2", "S3")), ROLES, min_size=1))
def test_whatever_was_assigned_assigning_it_back_gives_the_same_call(
    three_voices: tuple[Workspace, int], chosen: dict[str, Role]
) -> None:
    workspace, call_id = three_voices
    roles.assign_roles(workspace, call_id, {one.id: one.role for one in SPEAKERS})
    before, rows = found(workspace, call_id), dump(workspace)
    roles.assign_roles(workspace, call_id, chosen)
    now = {one.id: one.role for one in roles.speakers_of(workspace, call_id)}
    assert now == {one.id: one.role for one in SPEAKERS} | chosen
    roles.assign_roles(workspace, call_id, {one.id: one.role for one in SPEAKERS})
    assert found(workspace, call_id) == before
    workspace.undo()
    workspace.undo()
    assert dump(workspace) == rows


def test_two_speakers_of_one_role_are_counted_together(
    three_voices: tuple[Workspace, int],
) -> None:
    workspace, call_id = three_voices
    roles.assign_roles(workspace, call_id, {"S1": "agent", "S2": "customer", "S3": "customer"})
    with workspace.read() as db:
        analysis, transcript = load_analysis(db, call_id), load_transcript(db, call_id)
    assert analysis is not None
    assert transcript is not None
    assert set(analysis.metrics.talk_s) == {"agent", "customer"}
    assert analysis.metrics.questions["customer"] == 1
    own = speech()["S2"] + speech()["S3"]
    assert analysis.metrics.talk_s["customer"] <= sum(i.length_s for i in own)
    assert analysis.metrics.talk_s["customer"] > sum(i.length_s for i in speech()["S2"])
    assert analysis.speech == speech()
    hits = {turn.speaker for turn in transcript.turns if turn.hits}
    assert hits == {"S2", "S3"}
    roles.assign_roles(workspace, call_id, {"S3": "supervisor"})
    with workspace.read() as db:
        transcript = load_transcript(db, call_id)
    assert transcript is not None
    assert {turn.speaker for turn in transcript.turns if turn.hits} == {"S2"}


def test_a_named_role_is_sure_and_ends_the_doubt(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "workspace") as workspace:
        call_id = import_call(workspace)
        process(workspace, call_id)
        assert talk().roles_unsure
        roles.assign_roles(workspace, call_id, {"S1": "agent"})
        sure = {one.id: one.confidence for one in roles.speakers_of(workspace, call_id)}
        assert sure == {"S1": 1.0, "S2": 0.6, "S3": 0.0}
        with workspace.read() as db:
            transcript = load_transcript(db, call_id)
        assert transcript is not None
        assert not transcript.roles_unsure


def test_roles_that_a_person_gave_count_in_the_next_transcript_too(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "workspace") as workspace:
        call_id = import_call(workspace)
        process(workspace, call_id)
        roles.swap_roles(workspace, call_id)
        swapped = found(workspace, call_id)
        counted = count_by_role(
            talk(), speech(), DURATION_S, AnalysisSettings(), {"talk": "talk-1"}
        )
        again = roles.as_assigned(workspace, call_id, roles.Spoken(talk(), counted, DURATION_S))
        assert again.analysis == swapped[1]
        assert [turn.role for turn in again.transcript.turns][:2] == ["customer", "agent"]


def test_an_analysis_that_knows_speech_by_role_alone_can_be_swapped_to_and_fro(
    tmp_path: Path,
) -> None:
    with Workspace.open(tmp_path / "workspace") as workspace:
        call_id = import_call(workspace)
        two = replace(talk(), speakers=SPEAKERS[:2], turns=talk().turns[:2])
        workspace.write(lambda db: store_transcript(db, call_id, two, an_analysis()))
        roles.swap_roles(workspace, call_id)
        first = found(workspace, call_id)
        roles.swap_roles(workspace, call_id)
        roles.swap_roles(workspace, call_id)
        assert found(workspace, call_id) == first


def test_what_cannot_be_assigned_is_named_and_changes_nothing(
    three_voices: tuple[Workspace, int], tmp_path: Path
) -> None:
    workspace, call_id = three_voices
    rows = dump(workspace)
    with pytest.raises(UserError, match="no speaker “S9”; it has: S1, S2, S3"):
        roles.assign_roles(workspace, call_id, {"S1": "customer", "S9": "agent"})
    assert dump(workspace) == rows
    with Workspace.open(tmp_path / "workspace") as other:
        unheard = import_call(other)
        with pytest.raises(UserError, match="not transcribed yet"):
            roles.assign_roles(other, unheard, {"S1": "agent"})
        with other.read() as db:
            assert load_setting(db, "agent channel") is None


def flags(workspace: Workspace, call_id: int) -> list[bool]:
    with workspace.read() as db:
        return [one.roles_changed for one in list_evaluations(db, call_id=call_id)]


def test_evaluations_are_to_be_checked_after_roles_changed_until_somebody_did(
    tmp_path: Path,
) -> None:
    with Workspace.open(tmp_path / "workspace") as workspace:
        install_service(workspace)
        call_id, other = import_call(workspace), import_call(workspace, "R-2")
        for one in (call_id, other):
            process(workspace, one)
        first = evaluate.start_evaluation(workspace, call_id, "inbound-service", "Kim")
        evaluate.start_evaluation(workspace, call_id, "inbound-service", "Lee")
        evaluate.start_evaluation(workspace, other, "inbound-service", "Kim")
        roles.assign_roles(workspace, call_id, {"S1": "agent"})
        assert flags(workspace, call_id) == [False, False]
        roles.swap_roles(workspace, call_id)
        assert (flags(workspace, call_id), flags(workspace, other)) == ([True, True], [False])
        workspace.undo()
        assert flags(workspace, call_id) == [False, False]
        workspace.redo()
        evaluate.check_evaluation(workspace, first)
        assert sorted(flags(workspace, call_id)) == [False, True]
        workspace.undo()
        assert flags(workspace, call_id) == [True, True]


def test_finishing_an_evaluation_again_says_that_it_was_checked(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "workspace") as workspace:
        install_service(workspace)
        call_id = import_call(workspace)
        process(workspace, call_id)
        evaluation_id = evaluate.start_evaluation(workspace, call_id, "inbound-service", "Kim")
        for key in ("greeting", "identity", "solved"):
            evaluate.answer_question(workspace, evaluation_id, key, 1.0)
        evaluate.finish_evaluation(workspace, evaluation_id)
        roles.swap_roles(workspace, call_id)
        evaluate.reopen_evaluation(workspace, evaluation_id)
        assert flags(workspace, call_id) == [True]
        evaluate.finish_evaluation(workspace, evaluation_id)
        assert flags(workspace, call_id) == [False]
        workspace.undo()
        assert flags(workspace, call_id) == [True]
