"""Channels that change places are found by voice, and normal calls never are."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from callreview.audio.prepared import PreparedAudio
from callreview.config.paths import resources_dir
from callreview.domain.errors import Cancelled
from callreview.domain.talk_metrics import Interval
from callreview.speech.diarization.network import Network, open_network
from callreview.speech.diarization.swapped import find_swap, swap_from
from callreview.speech.diarization.weights import CAMPPLUS
from callreview.speech.recognised import ChannelWords, HeardWord

RATE = 8000
SAMPLES = resources_dir() / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.flac"))


@pytest.fixture(scope="module")
def network(speaker_models: Path) -> Network:
    return open_network(speaker_models / CAMPPLUS)


def sound_of(name: str) -> np.ndarray:
    return soundfile.read(SAMPLES / f"{name}.flac", dtype="int16")[0]


def prepared(folder: Path, samples: np.ndarray) -> PreparedAudio:
    (folder / "call.pcm").write_bytes(samples.astype("<i2").tobytes())
    return PreparedAudio(folder / "call.pcm", 2, RATE, len(samples), (), "")


def said_in(name: str) -> tuple[ChannelWords, ...]:
    truth = json.loads((SAMPLES / "truth" / f"{name}.json").read_text("utf-8"))
    turns = [[t for t in truth["turns"] if t["speaker"] == one] for one in truth["channels"]]
    return tuple(
        ChannelWords(
            channel,
            truth["language"],
            1.0,
            tuple(
                HeardWord(w["text"], w["start_s"], w["end_s"], 1.0, language=truth["language"])
                for turn in own
                for w in turn["words"]
            ),
            tuple(Interval(turn["start_s"], turn["end_s"]) for turn in own),
        )
        for channel, own in enumerate(turns)
    )


def pause_near(channels: tuple[ChannelWords, ...], about_s: float) -> Interval:
    """The pause between words of anybody that is nearest to a time."""
    words = sorted((word for one in channels for word in one.words), key=lambda w: w.start_s)
    pauses = [
        Interval(left.end_s, right.start_s)
        for left, right in pairwise(words)
        if right.start_s - left.end_s > 0.1
    ]
    return min(pauses, key=lambda pause: abs(pause.start_s - about_s))


@pytest.mark.parametrize("name", NAMES)
def test_a_normal_call_is_not_taken_for_swapped(
    name: str, network: Network, tmp_path: Path
) -> None:
    assert find_swap(prepared(tmp_path, sound_of(name)), said_in(name), network) is None


@pytest.mark.parametrize("name", ["K01-refund-complaint", "S06-payment-arrangement", NAMES[-1]])
def test_channels_swapped_half_way_are_found_and_put_right(
    name: str, network: Network, tmp_path: Path
) -> None:
    sound, said = sound_of(name), said_in(name)
    pause = pause_near(said, len(sound) / RATE / 2)
    at = round((pause.start_s + pause.end_s) / 2 * RATE)
    sound[at:] = sound[at:, ::-1].copy()
    as_recorded = swap_from(said, at / RATE)
    found_s = find_swap(prepared(tmp_path, sound), as_recorded, network)
    assert found_s == pytest.approx(at / RATE, abs=2.5)
    right = swap_from(as_recorded, found_s)
    wrong = sum(
        word not in truth.words
        for own, truth in zip(right, said, strict=True)
        for word in own.words
    )
    assert wrong <= 0.03 * sum(len(one.words) for one in said)


def test_a_call_that_is_handed_to_another_agent_is_not_swapped(
    network: Network, tmp_path: Path
) -> None:
    first, second = "S01-refund-complaint", "S07-cancellation"
    sound, other = sound_of(first), sound_of(second)
    said, said_after = said_in(first), said_in(second)
    at = len(sound) // 2
    sound[at : at + len(other), 0] = other[: len(sound) - at, 0]
    halves = [
        tuple(one for one in said[0].speech if one.end_s < at / RATE),
        tuple(
            Interval(one.start_s + at / RATE, one.end_s + at / RATE)
            for one in said_after[0].speech
            if one.end_s + at / RATE < len(sound) / RATE
        ),
    ]
    channels = (replace(said[0], speech=halves[0] + halves[1]), said[1])
    assert find_swap(prepared(tmp_path, sound), channels, network) is None


def test_two_people_who_hardly_speak_are_not_compared(network: Network, tmp_path: Path) -> None:
    said = tuple(replace(one, speech=one.speech[:1]) for one in said_in(NAMES[0]))
    assert find_swap(prepared(tmp_path, sound_of(NAMES[0])), said, network) is None


def test_comparing_voices_can_be_cancelled(network: Network, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        find_swap(prepared(tmp_path, sound_of(NAMES[0])), said_in(NAMES[0]), network, lambda: True)
