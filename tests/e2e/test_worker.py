import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from callreview.analysis.phrases.keyword_lists import load_shipped_lists
from callreview.analysis.settings import AnalysisSettings
from callreview.audio.decode import prepare_audio
from callreview.audio.prepared import PreparedAudio
from callreview.domain.call import CallMetadata
from callreview.domain.errors import Cancelled, EnvironmentProblem, UserError
from callreview.pipeline.jobs import AnalyseJob, ProcessJob, ProcessResult, StageProgress
from callreview.pipeline.worker import Worker

pytestmark = [pytest.mark.e2e, pytest.mark.shared]


@pytest.fixture(scope="module")
def jfk(shared_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> PreparedAudio:
    path = tmp_path_factory.mktemp("worker") / "jfk.pcm"
    return prepare_audio([shared_data_dir / "edge" / "jfk.wav"], path)


@pytest.fixture(scope="module")
def shared_data_dir() -> Path:
    from tests.conftest import SHARED

    return SHARED


@pytest.fixture(scope="module")
def worker() -> Worker:
    with Worker() as worker:
        yield worker


def job_of(audio: PreparedAudio, **options: object) -> ProcessJob:
    return ProcessJob(audio, CallMetadata("jfk"), AnalysisSettings(load_shipped_lists()), **options)


def do(
    worker: Worker, job: ProcessJob | AnalyseJob, seen: list[StageProgress] | None = None
) -> ProcessResult:
    return worker.process(job, (seen if seen is not None else []).append, lambda: False)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_call_is_transcribed_and_analysed_and_the_child_is_used_again(
    worker: Worker, jfk: PreparedAudio
) -> None:
    seen: list[StageProgress] = []
    result = do(worker, job_of(jfk), seen)
    pid = worker.child_pid
    text = " ".join(turn.text for turn in result.transcript.turns)
    assert "ask not what your country can do for you" in text
    assert result.transcript.language == "en"
    assert all(turn.sentiment is not None for turn in result.transcript.turns)
    assert result.analysis.metrics.talk_s["unknown"] > 5
    assert "speech" in result.analysis.models
    assert seen[0].stage == "loading"
    # "speakers" comes in between where the networks that tell voices apart are prepared.
    assert {progress.stage for progress in seen} - {"speakers"} == {"loading", "speech", "analysis"}
    assert max(p.fraction for p in seen if p.stage == "speech") == 1

    again = AnalyseJob(
        result.transcript, result.analysis.speech, jfk.duration_s, AnalysisSettings()
    )
    assert not any(turn.hits for turn in do(worker, again).transcript.turns)
    assert worker.child_pid == pid


def test_the_childs_problem_comes_back_as_it_is_and_the_child_lives_on(
    worker: Worker, jfk: PreparedAudio
) -> None:
    with pytest.raises(UserError, match='"xx"'):
        do(worker, job_of(jfk, language="xx"))
    pid = worker.child_pid
    with pytest.raises(UserError, match="large-v3 is not a speech model"):
        do(worker, job_of(jfk, model="large-v3"))
    lost = PreparedAudio(jfk.path.with_name("lost.pcm"), 1, 16000, 16000, (), "")
    with pytest.raises(EnvironmentProblem, match=r"lost\.pcm"):
        do(worker, job_of(lost))
    assert worker.child_pid == pid


def test_cancel_is_answered_at_once_and_kills_the_child(worker: Worker, jfk: PreparedAudio) -> None:
    at_work = threading.Event()
    with pytest.raises(Cancelled):
        worker.process(job_of(jfk), lambda progress: at_work.set(), at_work.is_set)
    assert at_work.is_set()
    assert worker.child_pid is None


def test_a_child_that_is_killed_is_replaced_and_the_call_is_done(
    worker: Worker, jfk: PreparedAudio
) -> None:
    killed: list[int] = []

    def kill_once(progress: StageProgress) -> None:
        if progress.stage == "speech" and not killed:
            killed.append(worker.child_pid)
            os.kill(worker.child_pid, signal.SIGKILL)

    result = worker.process(job_of(jfk), kill_once, lambda: False)
    assert result.transcript.turns
    assert killed
    assert worker.child_pid not in killed


def test_a_call_goes_on_at_the_last_finished_window_when_the_child_dies(
    worker: Worker, shared_data_dir: Path, tmp_path: Path
) -> None:
    calls = shared_data_dir / "calls"
    sides = [calls / f"Auto_Repairs_40_UTC_{side}.wav" for side in ("agent", "caller")]
    once = prepare_audio(sides, tmp_path / "once.pcm")
    (tmp_path / "twice.pcm").write_bytes(once.path.read_bytes() * 2)
    call = replace(once, path=tmp_path / "twice.pcm", frames=2 * once.frames)
    done_s: list[float] = []
    killed_at: list[int] = []

    def kill_half_way(progress: StageProgress) -> None:
        if progress.stage == "speech":
            done_s.append(progress.done_s)
            if progress.done_s > 0 and not killed_at:
                killed_at.append(len(done_s))
                os.kill(worker.child_pid, signal.SIGKILL)

    result = worker.process(job_of(call, language="en"), kill_half_way, lambda: False)
    after = done_s[killed_at[0] :]
    assert done_s[0] == 0.0
    assert after[0] == done_s[killed_at[0] - 1] > 0
    first_half = [t for t in result.transcript.turns if t.end_s < once.duration_s]
    assert first_half
    assert len(result.transcript.turns) > 1.5 * len(first_half)


def test_a_child_that_dies_twice_is_the_computers_problem_and_the_next_call_works(
    worker: Worker, jfk: PreparedAudio
) -> None:
    def kill(progress: StageProgress) -> None:
        os.kill(worker.child_pid, signal.SIGKILL)

    with pytest.raises(EnvironmentProblem, match="ended unexpectedly"):
        worker.process(job_of(jfk), kill, lambda: False)
    assert do(worker, job_of(jfk)).transcript.turns


def test_closing_from_another_thread_cancels_the_job(jfk: PreparedAudio) -> None:
    closing = Worker()
    closer = threading.Thread(target=closing.close)

    def close(progress: StageProgress) -> None:
        if closer.ident is None:
            closer.start()

    with pytest.raises(Cancelled):
        closing.process(job_of(jfk), close, lambda: False)
    closer.join()
    assert closing.child_pid is None


def test_the_child_ends_when_its_parent_is_killed_in_the_middle_of_a_job(
    jfk: PreparedAudio,
) -> None:
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from callreview.audio.prepared import PreparedAudio\n"
        "from callreview.domain.call import CallMetadata\n"
        "from callreview.analysis.settings import AnalysisSettings\n"
        "from callreview.pipeline.jobs import ProcessJob\n"
        "from callreview.pipeline.worker import Worker\n"
        "if __name__ == '__main__':\n"
        "    audio = PreparedAudio(Path(sys.argv[1]), 1, int(sys.argv[2]), int(sys.argv[3]), (), '')\n"
        "    worker = Worker()\n"
        "    def show(progress):\n"
        "        print(worker.child_pid, flush=True)\n"
        "    worker.process(ProcessJob(audio, CallMetadata('x'), AnalysisSettings()), show, lambda: False)\n"
    )
    script = jfk.path.with_name("parent.py")
    script.write_text(program)
    facts = [str(jfk.path), str(jfk.sample_rate), str(jfk.frames)]
    root = Path(__file__).resolve().parents[2]
    environment = os.environ | {"PYTHONPATH": str(root)}
    with subprocess.Popen(
        [sys.executable, str(script), *facts], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        pid = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 10
    while not gone(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert gone(pid)
