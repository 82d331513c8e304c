"""Of a card that was spoken in a call no digit is anywhere: database, log, exports, reports, backup."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from callreview.reports.pdf import write_pdf
from callreview.services.workspace import open_workspace
from tests.byte_scan import leaks
from tests.e2e.conftest import CALLS

pytestmark = pytest.mark.e2e
CARD_CALL = CALLS[0]
CARD = "5105105105105100"
MADE = "4539578763621486"


def run(folder: Path | None, *arguments: object, text: str = "", data: Path | None = None) -> str:
    command = [sys.executable, "-m", "callreview.cli", *map(str, arguments)]
    where = ["--workspace", str(folder)] if folder else []
    home = {"CALLREVIEW_DATA": str(data)} if data else {}
    done = subprocess.run(
        [*command, *where],
        capture_output=True,
        input=text.encode(),
        check=True,
        env=os.environ | home,
    )
    return done.stdout.decode()


def test_the_scan_would_find_the_card(tmp_path: Path) -> None:
    for number, text in enumerate(
        (
            "5105-1051",
            "five one oh five, one zero",
            "오일공오일공",
            '["5105",1.0,1.5,0.9,1],["1051",1.5',
            '["five",1,2,1,1],["one",2,3,1,1],["oh",3,4,1,1],["five",4,5,1,1],["one",5,6,1,1],["zero",1',
        )
    ):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    (tmp_path / "wide.txt").write_text("5105 1051", "utf-16")
    write_pdf("<p>My card is 5105 1051 0510 5100</p>", tmp_path / "page.pdf")
    assert len(set(leaks(tmp_path, CARD))) == 7


def test_a_recognised_card_is_nowhere(workspace_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    shown = json.loads(run(workspace_folder, "show", CARD_CALL, "--json"))
    (out / "show.json").write_text(json.dumps(shown, ensure_ascii=False), "utf-8")
    for suffix in ("srt", "vtt", "txt", "json"):
        run(workspace_folder, "export", "transcript", CARD_CALL, out / f"t.{suffix}")
    for suffix in ("csv", "xlsx", "json"):
        run(workspace_folder, "export", "calls", out / f"calls.{suffix}")
    agent = shown["metadata"]["agent"]
    for suffix in ("html", "pdf"):
        run(workspace_folder, "report", "coaching", "--agent", agent, out / f"report.{suffix}")
    run(workspace_folder, "backup", out / "backup.zip")
    (out / "findings.json").write_text(run(workspace_folder, "findings", CARD_CALL, "--json"))
    with open_workspace(workspace_folder):
        # While it is open there are a log and its index beside the database.
        assert leaks(workspace_folder, CARD) == []
    assert leaks(workspace_folder, CARD) == []
    assert leaks(out, CARD) == []
    assert {"card number", "security code"} <= {span["kind"] for span in shown["masked"]}
    assert any("[card number]" in turn["text"] for turn in shown["turns"])


def test_mask_finds_a_card_over_lines_and_keeps_it_out_of_its_output_and_log(
    tmp_path: Path,
) -> None:
    lines = [
        "agent\tThe card number, please?",
        "customer\tfour five three nine five seven eight seven",
        "agent\tyes",
        "customer\tsix three six two one four eight six.",
        "",
        "customer\tmy order is 1234567890",
    ]
    printed = run(None, "mask", "-", "--json", text="\n".join(lines) + "\n", data=tmp_path)
    rows = [json.loads(line) for line in printed.splitlines()]
    assert [row["text"] for row in rows] == [
        *("The card number, please?", "[card number]", "yes", "[card number].", ""),
        "my order is 1234567890",
    ]
    said = lines[3].split("\t")[1]
    (found,) = rows[3]["found"]
    assert found == {"type": "card number", "start": 0, "end": len(said) - 1}
    (tmp_path / "printed").write_text(printed, "utf-8")
    assert leaks(tmp_path, MADE) == []
