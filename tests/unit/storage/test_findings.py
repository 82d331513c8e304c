"""What was found in calls stands beside the analysis and in a table to filter by."""

from dataclasses import replace

from callreview.storage.operations.roles import AssignRoles
from callreview.storage.transcripts import load_analysis
from callreview.storage.workspace import Workspace
from tests.unit.storage.examples import an_analysis, import_call, process_call


def kinds(workspace: Workspace) -> list[tuple[str, str, str]]:
    with workspace.read() as db:
        return db.execute("SELECT kind, label, role FROM finding ORDER BY rowid").fetchall()


def test_findings_come_back_as_they_were_stored(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    with workspace.read() as db:
        analysis = load_analysis(db, call_id)
    assert analysis == an_analysis()
    assert kinds(workspace) == [("promise", "call back", "agent")]


def test_undo_of_new_roles_brings_the_former_findings_back(workspace: Workspace) -> None:
    call_id = import_call(workspace)
    process_call(workspace, call_id)
    found = an_analysis().findings[0]
    changed = replace(an_analysis(), findings=(replace(found, role="customer"), found))
    workspace.apply(AssignRoles(call_id, {"0": "customer"}, changed))
    assert [role for _kind, _label, role in kinds(workspace)] == ["customer", "agent"]
    workspace.undo()
    assert kinds(workspace) == [("promise", "call back", "agent")]
