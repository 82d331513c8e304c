"""Versions of a transcript: listed, read, chosen, and taken back."""

from dataclasses import replace

import pytest

from callreview.domain.errors import UserError
from callreview.domain.transcript import Hit, Speaker, Transcript
from callreview.services import versions
from callreview.services.roles import Spoken, assign_roles
from callreview.storage import transcripts
from callreview.storage.operations.calls import ImportCalls, ImportedCall
from callreview.storage.operations.comments import AddComment
from callreview.storage.operations.transcript_versions import UseVersion
from callreview.storage.search import search
from callreview.storage.transcript_versions import list_versions
from callreview.storage.transcripts import load_speakers, load_transcript
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import (
    a_recording,
    a_transcript,
    an_analysis,
    dump,
    import_call,
    process_call,
)

LATER = a_transcript(["hello there", "I want my money 환불을"])


@pytest.fixture
def call_id(workspace: Workspace) -> int:
    """A call with two versions; the second is active."""
    number = import_call(workspace)
    process_call(workspace, number)
    process_call(workspace, number, LATER)
    return number


def active(workspace: Workspace, call_id: int) -> Transcript | None:
    with workspace.read() as db:
        return load_transcript(db, call_id)


def texts(transcript: Transcript | None) -> list[str]:
    return [turn.text for turn in transcript.turns] if transcript else []


def test_versions_are_listed_the_newest_first_with_what_made_them(workspace, call_id):
    with workspace.read() as db:
        newest, oldest = list_versions(db, call_id)
    assert (newest.number, newest.active, newest.fits) == (2, True, True)
    assert (oldest.number, oldest.active, oldest.fits) == (1, False, True)
    assert (oldest.words, oldest.turns, oldest.speakers) == (7, 2, 2)
    assert oldest.models == {"speech": "whisper-base"}


def test_any_version_can_be_read(workspace, call_id):
    assert versions.read_version(workspace, call_id, 1) == a_transcript()
    with pytest.raises(UserError, match="3"):
        versions.read_version(workspace, call_id, 3)


def test_an_older_version_is_used_again_and_search_finds_its_words(workspace, call_id):
    versions.use_version(workspace, call_id, 1)
    assert texts(active(workspace, call_id)) == texts(a_transcript())
    with workspace.read() as db:
        assert [hit.text for hit in search(db, "refund")] == ["I want my refund 환불을"]
        assert [v.active for v in list_versions(db, call_id)] == [False, True]


def test_using_a_version_is_undone_and_redone_exactly(workspace, call_id):
    before = dump(workspace)
    versions.use_version(workspace, call_id, 1)
    after = dump(workspace)
    workspace.undo()
    assert dump(workspace) == before
    workspace.redo()
    assert dump(workspace) == after


def test_using_the_active_version_changes_nothing(workspace, call_id):
    before = dump(workspace)
    workspace.apply(UseVersion(call_id, 2))
    assert dump(workspace) == before


def test_a_newer_transcript_stays_and_earlier_actions_can_still_be_undone(workspace, call_id):
    workspace.apply(AddComment(call_id, 1.0, 2.0, "keep", "Dana"))
    workspace.apply(UseVersion(call_id, 1))
    newest = a_transcript(["something else again"])
    process_call(workspace, call_id, newest)
    workspace.undo()
    assert texts(active(workspace, call_id)) == texts(newest)
    workspace.undo()
    assert dump(workspace)["comment"] == []


def test_a_version_of_a_replaced_recording_can_be_read_but_not_used(workspace, call_id):
    with workspace.read() as db:
        (known,) = db.execute("SELECT reference FROM call WHERE id = ?", [call_id]).fetchone()
    from callreview.domain.call import CallMetadata

    workspace.apply(ImportCalls((ImportedCall(CallMetadata(known), a_recording("bb")),)))
    with workspace.read() as db:
        assert [(v.fits, v.active) for v in list_versions(db, call_id)] == [(False, False)] * 2
    assert texts(versions.read_version(workspace, call_id, 1)) == texts(a_transcript())
    with pytest.raises(UserError, match="another recording"):
        workspace.apply(UseVersion(call_id, 1))


def test_a_version_is_used_with_the_roles_that_were_assigned_since(workspace, call_id):
    assign_roles(workspace, call_id, {"0": "customer", "1": "agent"})
    versions.use_version(workspace, call_id, 1)
    transcript = active(workspace, call_id)
    assert transcript is not None
    assert [turn.role for turn in transcript.turns] == ["customer", "agent"]
    with workspace.read() as db:
        analysis = transcripts.load_analysis(db, call_id)
    assert analysis is not None
    assert analysis.sentiment["agent"].score < 0
    workspace.undo()
    workspace.undo()
    assert active(workspace, call_id) == LATER


def by_voice(*ids: str) -> Transcript:
    """The example told apart by voice: the ids of who says hello and who wants a refund."""
    base = a_transcript()
    turns = tuple(replace(t, speaker=i) for t, i in zip(base.turns, ids, strict=True))
    return replace(base, turns=turns, speakers=tuple(Speaker(i, "unknown") for i in sorted(ids)))


def test_a_role_stays_with_the_voice_when_voices_are_numbered_differently(workspace):
    call_id = import_call(workspace)
    process_call(workspace, call_id, by_voice("S1", "S2"))
    assign_roles(workspace, call_id, {"S1": "agent", "S2": "customer"})
    found = Spoken(by_voice("S2", "S1"), an_analysis(), 60.0)
    spoken = versions.with_known_voices(workspace, call_id, found)
    assert [turn.speaker for turn in spoken.transcript.turns] == ["S1", "S2"]
    process_call(workspace, call_id, spoken.transcript)
    transcript = active(workspace, call_id)
    assert transcript is not None
    assert [(t.role, t.text[:5]) for t in transcript.turns] == [
        ("agent", "hello"),
        ("customer", "I wan"),
    ]
    with workspace.read() as db:
        assert len(load_speakers(db, call_id)) == 2


def test_hits_of_all_versions_follow_changed_lists(workspace, call_id):
    from callreview.services import keywords

    money = keywords.KeywordList("money", {"en": "money"}, "en", "any", ("money", "refund"))
    keywords.save_lists(workspace, [money])
    keywords.refresh_hits(workspace)
    for number, phrase in ((1, "refund"), (2, "money")):
        turn = versions.read_version(workspace, call_id, number).turns[1]
        assert [hit.phrase for hit in turn.hits] == [phrase]
        assert isinstance(turn.hits[0], Hit)
