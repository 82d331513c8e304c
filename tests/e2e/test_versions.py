"""A call is transcribed again: marks stay, versions can be compared, chosen and taken back."""

import json
from pathlib import Path

import pytest

from callreview.domain.evaluation import Evidence
from callreview.services import browse, comment, evaluate
from callreview.services.marks import lost_marks
from callreview.services.workspace import open_workspace
from tests.e2e.test_command_line import DELIVERY_CALL, answers_for, run, shown

pytestmark = pytest.mark.e2e

PLACES = ((0.0, 6.0), (20.0, 26.0), (50.0, 58.0))


@pytest.fixture
def reviewed(workspace_folder: Path, tmp_path: Path) -> Path:
    """The workspace with a scored and commented call."""
    given = answers_for("inbound_service")
    for question, (start_s, end_s) in zip(tuple(given), PLACES, strict=False):
        piece = {"start_s": start_s, "end_s": end_s}
        given[question] = {"value": given[question], "evidence": [piece]}
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"answers": given}))
    run(
        *(workspace_folder, "score", DELIVERY_CALL, "--scorecard", "inbound_service"),
        *("--answers", answers, "--reviewer", "Kim"),
    )
    with open_workspace(workspace_folder) as workspace:
        call_id = browse.find_call(workspace, DELIVERY_CALL)
        comment.add_comment(workspace, call_id, 21.0, 22.0, "well asked", "Kim")
    return workspace_folder


def evidence(folder: Path) -> list[dict]:
    (scored,) = shown(folder, DELIVERY_CALL)["evaluations"]
    return [piece for answer in scored["answers"] for piece in answer["evidence"]]


def versions(folder: Path, *options: object) -> list[dict]:
    return json.loads(run(folder, "versions", DELIVERY_CALL, *options, "--json").stdout)


def words(folder: Path) -> list[str]:
    return [turn["text"] for turn in shown(folder, DELIVERY_CALL)["turns"]]


def test_marks_stay_and_versions_can_be_compared_chosen_and_taken_back(reviewed):
    marked, first = evidence(reviewed), words(reviewed)
    assert [piece["anchored"] for piece in marked] == [True] * len(PLACES)
    run(reviewed, "glossary", "add", "Larkfield Home", "Helen")
    done = run(reviewed, "process", DELIVERY_CALL, "--language", "en")
    assert "not in the new transcript" not in done.stderr
    assert evidence(reviewed) == marked

    newest, oldest = versions(reviewed)
    assert (newest["number"], newest["active"], oldest["active"]) == (2, True, False)
    assert newest["models"]["glossary"].startswith("2 terms, ")
    compared = json.loads(run(reviewed, "versions", DELIVERY_CALL, "--diff", 1, "--json").stdout)
    changed = compared["changed"] + compared["added"] + compared["removed"]
    assert compared["same"] > 5 * changed

    second = words(reviewed)
    assert [one["active"] for one in versions(reviewed, "--use", 1)] == [False, True]
    assert words(reviewed) == first
    assert "another version" in run(reviewed, "undo").stdout
    assert words(reviewed) == second
    run(reviewed, "versions", DELIVERY_CALL, "--use", 7, code=2)


def test_marks_whose_words_are_not_in_the_new_transcript_are_listed(reviewed):
    nowhere = Evidence(30.0, 33.0, "nobody has ever said this sentence")
    with open_workspace(reviewed) as workspace:
        call_id = browse.find_call(workspace, DELIVERY_CALL)
        draft = evaluate.start_evaluation(workspace, call_id, "sales", "Kim")
        evaluate.add_evidence(workspace, draft, "permission", nowhere)
    before = shown(reviewed, DELIVERY_CALL)["evaluations"]
    done = run(reviewed, "process", DELIVERY_CALL)
    (line,) = (line for line in done.stderr.splitlines() if "not in the new transcript" in line)
    assert nowhere.quote in line
    assert DELIVERY_CALL in line
    assert shown(reviewed, DELIVERY_CALL)["evaluations"] == before
    with open_workspace(reviewed, read_only=True) as workspace:
        (lost,) = lost_marks(workspace, call_id)
    assert (lost.text, lost.start_s) == (nowhere.quote, nowhere.start_s)
