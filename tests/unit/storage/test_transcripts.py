"""Transcripts and their analysis."""

import pytest

from callreview.domain.transcript import Hit, Transcript
from callreview.storage.search import search
from callreview.storage.transcripts import (
    active_transcript,
    load_analysis,
    load_speakers,
    load_transcript,
    replace_hits,
    store_transcript,
)
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import a_transcript, an_analysis, import_call, process_call


def active(db, call_id: int) -> int:
    transcript_id = active_transcript(db, call_id)
    assert transcript_id is not None
    return transcript_id


def test_a_transcript_comes_back_as_it_was_stored(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    with workspace.read() as db:
        assert load_transcript(db, call_id) == a_transcript()
        assert load_analysis(db, call_id) == an_analysis()


def test_a_call_without_transcript_has_none(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    with workspace.read() as db:
        assert load_transcript(db, call_id) is None
        assert load_analysis(db, call_id) is None


def test_a_new_version_is_active_and_the_old_one_is_kept_but_not_found(
    workspace: Workspace,
) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    process_call(workspace, call_id, a_transcript(["quite different"]))
    with workspace.read() as db:
        assert load_transcript(db, call_id) == a_transcript(["quite different"])
        versions = db.execute("SELECT version, active FROM transcript ORDER BY version").fetchall()
        assert versions == [(1, 0), (2, 1)]
        assert search(db, "refund") == []


def test_an_empty_transcript_keeps_its_speakers(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    silent = Transcript("", a_transcript().speakers, (), {})
    process_call(workspace, call_id, silent)
    with workspace.read() as db:
        assert load_transcript(db, call_id) == silent
        assert load_speakers(db, call_id) == silent.speakers


def test_a_transcript_that_cannot_be_stored_leaves_the_old_one_active(
    workspace: Workspace,
) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    with pytest.raises(KeyError):
        workspace.write(lambda db: store_transcript(db, 99, a_transcript(), an_analysis()))
    with workspace.read() as db:
        assert load_transcript(db, call_id) == a_transcript()


def test_hits_are_replaced_when_the_lists_change(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    hit = Hit("anger", "my refund", 5.0, 6.0, 7, 16, near=True)
    workspace.write(lambda db: replace_hits(db, active(db, call_id), [(), (hit,)]))
    with workspace.read() as db:
        transcript = load_transcript(db, call_id)
    assert transcript is not None
    assert [turn.hits for turn in transcript.turns] == [(), (hit,)]


def test_hits_for_the_wrong_number_of_turns_are_refused(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    with pytest.raises(ValueError, match="shorter"):
        workspace.write(lambda db: replace_hits(db, active(db, call_id), [()]))
    with workspace.read() as db:
        assert load_transcript(db, call_id) == a_transcript()
