"""What `make demo` does: the sample calls through the real models to a report, then the window."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from callreview.cli.progress import ProgressLine
from callreview.config.language import use_language
from callreview.config.paths import resources_dir
from callreview.domain.errors import CallReviewError
from callreview.services.browse import list_calls, show_call
from callreview.services.coaching_report import coaching_report
from callreview.services.export import export_calls
from callreview.services.import_calls import import_calls
from callreview.services.import_plan import ImportOrder
from callreview.services.process_calls import ProcessOptions, process_calls
from callreview.services.score_call import score_call
from callreview.services.workspace import Workspace, open_workspace
from callreview.speech.word_errors import WordErrors, count_word_errors, total_word_errors

DEMO = Path("demo")
SAMPLES = resources_dir() / "samples"
REVIEWER = "Demo reviewer"


def main() -> int:
    """Prepare the demo workspace (once), say where everything is, open the window."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    started = time.monotonic()
    use_language()
    with open_workspace(DEMO / "workspace") as workspace:
        prepare(workspace)
        print_word_errors(workspace)
        written = write_results(workspace)
    print("Files:")
    for path in written:
        print(f"  {path}")
    print(f"Ready after {time.monotonic() - started:.1f} s.")
    return open_window()


def prepare(workspace: Workspace) -> None:
    """Import, process and score the sample calls; what is done already is left alone."""
    with ProgressLine() as progress:
        imported = import_calls(workspace, ImportOrder(manifest=SAMPLES / "manifest.csv"), progress)
        processed = process_calls(workspace, None, ProcessOptions(), progress)
    for problem in (*imported.problems, *processed.problems):
        print(problem, file=sys.stderr)
    scored = {call.reference for call in list_calls(workspace) if call.score is not None}
    for answers in sorted((SAMPLES / "evaluations").glob("*.json")):
        if answers.stem not in scored:
            scorecard = json.loads(answers.read_text(encoding="utf-8"))["scorecard"]
            score_call(workspace, answers.stem, scorecard, answers, REVIEWER)


def print_word_errors(workspace: Workspace) -> None:
    """Compare what was recognised with the exact scripts of the sample calls."""
    print("Word errors against the scripts (Korean: character errors):")
    totals: dict[str, list[WordErrors]] = {}
    for call in list_calls(workspace):
        script = SAMPLES / "truth" / f"{call.reference}.json"
        if not script.is_file():
            # Somebody has imported a call of their own into the demo.
            continue
        truth = json.loads(script.read_text("utf-8"))
        errors = call_errors(show_call(workspace, call.reference), truth)
        totals.setdefault(truth["language"], []).append(errors)
        print(f"  {call.reference:<28}{100 * errors.rate:5.1f} %")
    for language, parts in sorted(totals.items()):
        total = total_word_errors(parts)
        print(f"  all {language} calls: {100 * total.rate:.1f} % of {total.units}")


def call_errors(call: dict, truth: dict) -> WordErrors:
    """The errors of both speakers; what was masked as personal data is left out of both sides."""
    return total_word_errors(
        count_word_errors(
            " ".join(turn["text"] for turn in spoken_by(truth["turns"], role, truth["turns"])),
            " ".join(turn["text"] for turn in spoken_by(call["turns"], role, truth["turns"])),
            truth["language"],
        )
        for role in ("agent", "customer")
    )


def spoken_by(turns: list[dict], role: str, truth: list[dict]) -> list[dict]:
    """The turns of one role that do not lie in a turn that holds personal data."""
    secret = [turn for turn in truth if turn.get("contains") and turn["speaker"] == role]
    return [
        turn
        for turn in turns
        if turn.get("role", turn["speaker"]) == role
        and not any(
            s["start_s"] <= (turn["start_s"] + turn["end_s"]) / 2 <= s["end_s"] for s in secret
        )
    ]


def write_results(workspace: Workspace) -> list[Path]:
    """Write the scored call list and the coaching reports that are not there yet."""
    agents = {call.agent for call in list_calls(workspace) if call.score is not None}
    written = [DEMO / "scored_calls.xlsx", DEMO / "scored_calls.csv"]
    for path in written:
        export_calls(workspace, path)
    for agent in sorted(agents):
        for suffix in (".html", ".pdf"):
            path = DEMO / f"coaching {agent}{suffix}"
            if not path.exists():
                coaching_report(workspace, agent, path)
            written.append(path)
    return written


def open_window() -> int:
    """Open the window on the demo workspace, or say that there is no display."""
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        print("There is no display here, so no window is opened.")
        print("With one: .venv/bin/python main.py --workspace demo/workspace")
        return 0
    command = [sys.executable, "main.py", "--workspace", str(DEMO / "workspace")]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CallReviewError as error:
        # Such as: the window of an earlier demo is still open.
        sys.exit(str(error))
