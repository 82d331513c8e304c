"""The topics of a workspace are changed, undone and checked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from callreview.analysis.topics.shipped import shipped_topics
from callreview.domain.errors import UserError
from callreview.services.analysis_settings import load_settings
from callreview.services.topics import (
    MOST_TOPICS,
    Topic,
    add_topic,
    discover_topics,
    load_topics,
    remove_topic,
    save_topics,
)
from callreview.storage.transcripts import store_transcript
from callreview.storage.workspace import Workspace
from tests.unit.dialogues import transcript_of
from tests.unit.storage.examples import an_analysis, import_call


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "ws")
    yield opened
    opened.close()


def test_a_new_workspace_has_the_topics_that_come_with_callreview(workspace: Workspace) -> None:
    assert load_topics(workspace) == shipped_topics().topics
    assert load_settings(workspace).topics == shipped_topics().topics


def test_topics_are_added_removed_and_undone(workspace: Workspace) -> None:
    add_topic(workspace, "Warranty", ["is it under warranty"])
    add_topic(workspace, "warranty", ["보증 기간이 남았나요", "is it under warranty"])
    assert load_topics(workspace)[-1] == Topic(
        "Warranty", ("is it under warranty", "보증 기간이 남았나요")
    )
    remove_topic(workspace, "Refund")
    assert "refund" not in {topic.name for topic in load_topics(workspace)}
    for _time in range(3):
        workspace.undo()
    assert load_topics(workspace) == shipped_topics().topics


def test_what_is_saved_is_tidied_and_nothing_new_is_no_action(workspace: Workspace) -> None:
    saved = save_topics(workspace, [Topic("  My   topic ", (" a  text", "a text", " "))])
    assert saved == (Topic("My topic", ("a text",)),)
    save_topics(workspace, saved)
    workspace.undo()
    assert not workspace.undo_label()


@pytest.mark.parametrize(
    "topics",
    [
        [Topic("", ("text",))],
        [Topic("x" * 61, ("text",))],
        [Topic("One", ())],
        [Topic("One", (" ",))],
        [Topic("One", ("a",)), Topic("one", ("b",))],
        [Topic(f"Topic {n}", ("a",)) for n in range(MOST_TOPICS + 1)],
    ],
)
def test_topics_that_cannot_be_used_are_refused(workspace: Workspace, topics: list[Topic]) -> None:
    with pytest.raises(UserError):
        save_topics(workspace, topics)
    assert load_topics(workspace) == shipped_topics().topics


def test_a_topic_that_is_not_there_cannot_be_removed(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="Refund"):
        remove_topic(workspace, "Nothing like it")


def test_an_empty_library_has_nothing_to_discover(workspace: Workspace) -> None:
    assert discover_topics(workspace) == ()
    assert discover_topics(workspace, cancelled=lambda: True) == ()


def test_what_many_ask_is_suggested_although_it_is_a_question_like_any(
    workspace: Workspace,
) -> None:
    asked = ["where can I park my car", "is there parking for cars", "can I park the car there"]
    for number, text in enumerate(asked):
        call_id = import_call(workspace, f"A-{number}")
        transcript = transcript_of([("agent", "how can I help you"), ("customer", text)])
        workspace.write(
            lambda db, call_id=call_id, heard=transcript: store_transcript(
                db, call_id, heard, an_analysis()
            )
        )
    (suggested,) = discover_topics(workspace)
    assert suggested.calls == 3
    assert set(suggested.topic.examples) == set(asked)
