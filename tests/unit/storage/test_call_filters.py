"""Calls are chosen by what was found in them."""

from dataclasses import replace

import pytest

from callreview.domain.call import (
    CallFilter,
    CallMetadata,
    FigureName,
    FigureRange,
    Found,
    sentiment_range,
    sentiment_side,
)
from callreview.domain.finding import Finding, FindingKind
from callreview.storage.call_filters import filter_choices, matching_calls
from callreview.storage.calls import call_summary, list_calls, load_metadata
from callreview.storage.operations.calls import ImportCalls, ImportedCall
from callreview.storage.operations.roles import AssignRoles
from callreview.storage.processing import set_processing
from callreview.storage.transcripts import store_transcript
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import a_recording, a_transcript, an_analysis, import_call


def a_finding(kind: FindingKind, label: str, confidence: float = 0.9) -> Finding:
    return Finding(kind, label, 1.0, 2.0, "customer", confidence)


def process(
    workspace: Workspace,
    reference: str,
    *findings: Finding,
    sentiment: float = 0.0,
    **metadata: str,
) -> int:
    call_id = import_call(workspace, reference, **metadata)
    analysis = replace(an_analysis(sentiment), findings=findings)

    def work(db) -> None:
        store_transcript(db, call_id, a_transcript(), analysis)
        set_processing(db, call_id, "processed")

    workspace.write(work)
    return call_id


def references(workspace: Workspace, wanted: CallFilter) -> list[str]:
    with workspace.read() as db:
        listed = list_calls(db, wanted)
        assert matching_calls(db, wanted) == {call.id for call in listed}
    return sorted(call.reference for call in listed)


@pytest.fixture
def calls(workspace: Workspace) -> Workspace:
    refund = a_finding("contact_reason", "refund", 0.9)
    process(
        workspace,
        "angry",
        a_finding("contact_reason", "delivery", 0.6),
        refund,
        a_finding("complaint", "third time"),
        a_finding("promise", "call back"),
        sentiment=-3.0,
    )
    process(workspace, "calm", a_finding("topic", "invoice"), sentiment=0.2, language="ko")
    process(workspace, "happy", refund, a_finding("promise", "send"), sentiment=2.0)
    import_call(workspace, "new")
    return workspace


def test_each_kind_of_finding_narrows_the_list(calls: Workspace) -> None:
    for wanted, expected in (
        (CallFilter(found=(Found("promise"),)), ["angry", "happy"]),
        (CallFilter(found=(Found("promise"), Found("complaint"))), ["angry"]),
        (CallFilter(found=(Found("promise", "send"),)), ["happy"]),
        (CallFilter(found=(Found("topic", "invoice"),)), ["calm"]),
        (CallFilter(found=(Found("purchase_given_up"),)), []),
        (CallFilter(reason="refund"), ["angry", "happy"]),
        (CallFilter(reason="delivery"), []),
        (CallFilter(lists=("refund",)), ["angry", "calm", "happy"]),
        (CallFilter(lists=("refund", "greeting")), []),
        (CallFilter(language="ko"), ["calm"]),
        (CallFilter(language="en"), ["angry", "happy"]),
    ):
        assert references(calls, wanted) == expected, wanted


def test_figures_choose_calls_that_have_them(calls: Workspace) -> None:
    def within(figure: FigureName, least: float | None, most: float | None) -> list[str]:
        return references(calls, CallFilter(figures=(FigureRange(figure, least, most),)))

    assert within("sentiment", None, -0.5) == ["angry"]
    assert within("sentiment", -3.0, 0.2) == ["angry", "calm"]
    assert within("shift", None, None) == []
    assert within("dead_air_s", 3.5, None) == ["angry", "calm", "happy"]
    assert within("dead_air_s", 3.6, None) == []
    assert within("talk_share", 0.4, 0.6) == ["angry", "calm", "happy"]
    assert within("interruptions", 1.0, None) == []


def test_every_score_is_on_one_side(calls: Workspace) -> None:
    sides = ("negative", "neutral", "positive")
    chosen = [references(calls, CallFilter(figures=(sentiment_range(s),))) for s in sides]
    assert chosen == [["angry"], ["calm"], ["happy"]]
    assert [sentiment_side(score) for score in (-0.5, -0.49, 0.49, 0.5)] == [
        *("negative", "neutral", "neutral", "positive")
    ]


def test_the_list_shows_figures_reason_and_counts(calls: Workspace) -> None:
    with calls.read() as db:
        shown = {call.reference: call for call in list_calls(db)}
    angry = shown["angry"]
    assert (angry.reason, angry.sentiment, angry.shift) == ("refund", -3.0, None)
    assert (angry.dead_air_s, angry.interruptions, angry.talk_share) == (3.5, 0, 0.5)
    assert angry.found == {"contact_reason": 2, "complaint": 1, "promise": 1}
    new = shown["new"]
    assert (new.reason, new.interruptions, new.found) == ("", None, {})


def test_only_the_active_transcript_of_the_present_recording_counts(workspace: Workspace) -> None:
    call_id = process(workspace, "R-1", a_finding("complaint", "rude"), sentiment=-3.0)
    newer = replace(an_analysis(1.0), findings=(a_finding("topic", "parcel"),))
    workspace.write(lambda db: store_transcript(db, call_id, a_transcript(), newer))
    assert references(workspace, CallFilter(found=(Found("complaint"),))) == []
    assert references(workspace, CallFilter(found=(Found("topic"),))) == ["R-1"]
    with workspace.read() as db:
        assert filter_choices(db).found == {"topic": ("parcel",)}
    metadata = ImportedCall(_metadata(workspace, call_id), a_recording("bb"))
    workspace.apply(ImportCalls((metadata,)))
    assert references(workspace, CallFilter(found=(Found("topic"),))) == []
    with workspace.read() as db:
        assert filter_choices(db).lists == ()


def test_new_roles_change_the_figures_and_undo_brings_them_back(workspace: Workspace) -> None:
    call_id = process(workspace, "R-1", a_finding("promise", "send"), sentiment=-3.0)
    workspace.apply(AssignRoles(call_id, {"0": "customer"}, replace(an_analysis(2.0), findings=())))
    with workspace.read() as db:
        assert (call_summary(db, call_id).sentiment, call_summary(db, call_id).found) == (2.0, {})
    workspace.undo()
    with workspace.read() as db:
        summary = call_summary(db, call_id)
    assert (summary.sentiment, summary.found) == (-3.0, {"promise": 1})


def test_the_choices_are_the_values_that_occur(calls: Workspace) -> None:
    process(calls, "other", agent="김민아", queue="returns", outcome="solved", team="blue")
    with calls.read() as db:
        choices = filter_choices(db)
    assert choices.agents == ("김민아",)
    assert (choices.teams, choices.queues, choices.outcomes) == (
        ("blue",),
        ("returns",),
        ("solved",),
    )
    assert choices.languages == ("en", "ko")
    assert choices.reasons == ("refund",)
    assert choices.lists == ("refund",)
    assert choices.found == {"topic": ("invoice",), "complaint": ("third time",)}


def _metadata(workspace: Workspace, call_id: int) -> CallMetadata:
    with workspace.read() as db:
        return load_metadata(db, call_id)
