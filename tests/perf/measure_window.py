"""How long until the window can be used, and until a call of 5 and of 60 minutes is on the screen.

The calls are the sample calls' sound and words, joined until they are that long.
Run: `.venv/bin/python -m tests.perf.measure_window`
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from callreview.config.paths import resources_dir
from callreview.domain.call_analysis import CallAnalysis
from callreview.domain.transcript import Transcript, Turn
from callreview.services.import_calls import import_calls
from callreview.services.import_plan import ImportOrder
from callreview.services.opened_call import OpenedCall, open_call
from callreview.services.process_calls import ProcessOptions, process_calls
from callreview.services.workspace import Workspace, open_workspace
from callreview.storage.transcripts import store_transcript

SAMPLE = resources_dir() / "samples" / "S01-refund-complaint"
REPEATS = 5


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        calls = {minutes: prepare(workspace, minutes) for minutes in (5, 60)}
        print("Start of the process to a window that answers:")
        for label, path in (("empty", Path(folder) / "new"), ("2 calls", workspace)):
            times = [start_ms(path) for _ in range(REPEATS)]
            print(f"  {label}: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")
        print("Choosing a call to its sound, words and scorecard on the screen:")
        for minutes, call_id in calls.items():
            times = opening_ms(workspace, call_id)
            print(
                f"  {minutes} min: median {statistics.median(times):.0f} ms, first {times[0]:.0f} ms"
            )


def prepare(folder: Path, minutes: int) -> int:
    """A processed call of this length."""
    samples, rate = soundfile.read(next(SAMPLE.parent.glob(f"{SAMPLE.name}.*")), dtype="int16")
    times = int(np.ceil(minutes * 60 * rate / len(samples)))
    path = folder.parent / f"{minutes}min.wav"
    soundfile.write(path, np.tile(samples, (times, 1)), rate)
    with open_workspace(folder) as workspace:
        one = processed_sample(workspace)
        import_calls(workspace, ImportOrder((path,)))
        call_id = next(c for c in _ids(workspace) if c != one.summary.id and _new(workspace, c))
        transcript = joined(one, times, len(samples) / rate)
        analysis = CallAnalysis(one.sentiment, one.metrics, {})
        workspace.write(lambda db: store_transcript(db, call_id, transcript, analysis))
    return call_id


def processed_sample(workspace: Workspace) -> OpenedCall:
    """The sample call, recognised."""
    import_calls(workspace, ImportOrder((next(SAMPLE.parent.glob(f"{SAMPLE.name}.*")),)))
    process_calls(workspace, None, ProcessOptions())
    return open_call(workspace, 1)


def joined(one: OpenedCall, times: int, length_s: float) -> Transcript:
    """The words of a call, said `times` times one after the other."""
    turns = [
        moved(turn, number * length_s) for number in range(times) for turn in one.transcript.turns
    ]
    return replace(one.transcript, turns=tuple(turns))


def moved(turn: Turn, by_s: float) -> Turn:
    """A turn at a later time."""
    shift = lambda item: replace(item, start_s=item.start_s + by_s, end_s=item.end_s + by_s)  # noqa: E731
    return replace(
        shift(turn), words=tuple(map(shift, turn.words)), hits=tuple(map(shift, turn.hits))
    )


def _ids(workspace: Workspace) -> list[int]:
    from callreview.services.browse import list_calls

    return [call.id for call in list_calls(workspace)]


def _new(workspace: Workspace, call_id: int) -> bool:
    return open_call(workspace, call_id).transcript is None


STARTED = """
import sys, time
from PySide6.QtCore import QTimer
from callreview import app
app.App.run = lambda self: (QTimer.singleShot(0, self.app.quit), self.app.exec(), print(time.time()), self.window.close(), self.player.close(), 0)[-1]
app.main(["--workspace", sys.argv[1]])
"""


def start_ms(workspace: Path) -> float:
    """From the start of a new process to an idle event loop behind a painted window."""
    before = time.time()
    command = [sys.executable, "-c", STARTED, str(workspace)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return 1000 * (float(shown) - before)


def opening_ms(folder: Path, call_id: int) -> list[float]:
    """From the choice to the painted call, several times, no call open before."""
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from callreview.app import App

    app = QApplication.instance() or QApplication([])
    settings = QSettings(str(folder / "bench.ini"), QSettings.Format.IniFormat)
    times = []
    with open_workspace(folder) as workspace:
        window = App(app, workspace, settings)
        for _ in range(REPEATS):
            window.window.reviewing.close_call()
            wait(app, lambda: window.window.review.call_id is None)
            before = time.perf_counter()
            window.window.reviewing.open(call_id)
            wait(app, lambda: window.window.review.call_id == call_id)
            window.window.review.repaint()
            times.append(1000 * (time.perf_counter() - before))
        window.window.close()
        window.player.close()
    return times


def wait(app: object, done: Callable[[], bool]) -> None:
    """Let the event loop run until it is so."""
    while not done():
        app.processEvents()


if __name__ == "__main__":
    main()
