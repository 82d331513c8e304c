"""Cost of recognising two-channel calls beside stock faster-whisper and its batched pipeline.

All run in turn on the same recording with the same model, precision (int8) and number of threads,
each in a process of its own. CallReview, set up as in its worker process, recognises both channels
as one job (voice activity, languages, words with times), the others each channel with their
defaults, the batched one with 8 windows. Recordings: the pair of `../shared/data/calls` and a call
of half an hour joined from the sample calls and the pair.
Arguments: how often the pair and the long call are measured (default 3 and 3); the median counts.
"""

import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from faster_whisper import BatchedInferencePipeline, WhisperModel

from callreview.audio.decode import prepare_audio
from callreview.audio.prepared import PreparedAudio
from callreview.pipeline.heap import share_one_heap
from callreview.speech.models import model_folder
from callreview.speech.recognise import Recogniser

REPOSITORY = Path(__file__).resolve().parents[2]
CALLS = REPOSITORY.parent / "shared" / "data" / "calls"
SAMPLES = REPOSITORY / "resources" / "samples"
THREADS = 2
LONG_S = 1800
RATE = 8000

Recognise = Callable[[PreparedAudio], object]


@dataclass(frozen=True)
class Cost:
    """Seconds of wall clock and of processor."""

    wall_s: float
    cpu_s: float


def pair(folder: Path) -> PreparedAudio:
    """The two sides of a real call, one per channel."""
    sides = [CALLS / f"Auto_Repairs_40_UTC_{side}.wav" for side in ("agent", "caller")]
    return prepare_audio(sides, folder / "pair.pcm")


def long_call(folder: Path, real: PreparedAudio) -> PreparedAudio:
    """Half an hour of two-channel talk: the pair and the English sample calls, again and again."""
    path = folder / "long.pcm"
    frames = 0
    with path.open("wb") as target:
        for samples in _parts(folder, real):
            target.write(samples.tobytes())
            frames += len(samples)
            if frames >= LONG_S * RATE:
                break
    return PreparedAudio(path, 2, RATE, frames, (), "")


def _parts(folder: Path, real: PreparedAudio) -> Iterator[np.ndarray]:
    sources = sorted(SAMPLES.glob("S*.flac"))
    while True:
        for index, part in enumerate([None, *sources]):
            call = prepare_audio([part], folder / f"{index}.pcm") if part else real
            channels = [call.mono(channel, 0.0, call.duration_s, RATE) for channel in (0, 1)]
            yield (np.stack(channels, axis=1) * 32767).astype("<i2")


def _channels(call: PreparedAudio) -> Iterator[np.ndarray]:
    for channel in range(call.channels):
        yield call.mono(channel, 0.0, call.duration_s, 16000)


def callreview() -> Recognise:
    """CallReview's recogniser, as its worker process runs it."""
    share_one_heap()
    return Recogniser(model_folder("base"), workers=THREADS).recognise


def _faster_whisper() -> WhisperModel:
    folder = str(model_folder("base"))
    return WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=THREADS)


def stock() -> Recognise:
    """faster-whisper with its defaults."""
    model = _faster_whisper()
    return lambda call: [list(model.transcribe(one)[0]) for one in _channels(call)]


def batched() -> Recognise:
    """Its batched pipeline with 8 windows."""
    model = BatchedInferencePipeline(_faster_whisper())
    return lambda call: [list(model.transcribe(one, batch_size=8)[0]) for one in _channels(call)]


PEERS = {"CallReview": callreview, "stock": stock, "batched": batched}


@cache
def recogniser(peer: str) -> Recognise:
    """The recogniser of this process."""
    return PEERS[peer]()


def cost(peer: str, call: PreparedAudio) -> Cost:
    """What recognising a call costs once, the loaded model not counted."""
    recognise = recogniser(peer)
    wall_s, cpu_s = time.perf_counter(), time.process_time()
    recognise(call)
    return Cost(time.perf_counter() - wall_s, time.process_time() - cpu_s)


def report(name: str, call: PreparedAudio, times: int, processes: Mapping[str, Executor]) -> None:
    """Measure all recognisers in turn, `times` over, and print medians and ratios."""
    found: dict[str, list[Cost]] = {peer: [] for peer in processes}
    for _time in range(times):
        for peer, process in processes.items():
            found[peer].append(process.submit(cost, peer, call).result())
    medians = {
        peer: Cost(
            statistics.median(one.wall_s for one in costs),
            statistics.median(one.cpu_s for one in costs),
        )
        for peer, costs in found.items()
    }
    ours = medians["CallReview"]
    print(f"{name}: {call.duration_s:.0f} s, 2 channels, median of {times}")
    for peer, one in medians.items():
        print(
            f"  {peer:10} wall {one.wall_s:7.1f} s, CPU {one.cpu_s:7.1f} s; CallReview costs "
            f"{ours.wall_s / one.wall_s:.3f} of its wall clock, {ours.cpu_s / one.cpu_s:.3f} of its CPU",
            flush=True,
        )


def main() -> None:
    """Measure the pair and the long call."""
    if not CALLS.is_dir():
        print("The shared recordings are absent: nothing to measure.")
        return
    times = [int(argument) for argument in sys.argv[1:]] or [3, 3]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        processes = {peer: stack.enter_context(_process()) for peer in PEERS}
        real = pair(folder)
        report("pair Auto_Repairs_40", real, times[0], processes)
        if times[-1]:
            report("joined call", long_call(folder, real), times[-1], processes)


def _process() -> Executor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))


if __name__ == "__main__":
    main()
