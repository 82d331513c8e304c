from pathlib import Path

import numpy as np
import pytest

from callreview.audio.prepared import PreparedAudio
from callreview.domain.intervals import total_s
from callreview.domain.talk_metrics import Interval
from callreview.speech.bleed import find_bleed, without_bleed, words_in_bleed
from callreview.speech.recognised import HeardWord

RATE = 8000


def voice(seed: int, seconds: float) -> np.ndarray:
    """Something like a voice: noise whose loudness rises and falls four times a second."""
    time = np.arange(int(seconds * RATE)) / RATE
    noise = np.random.default_rng(seed).standard_normal(len(time))
    return 0.2 * noise * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * time))


def prepared(folder: Path, *channels: np.ndarray) -> PreparedAudio:
    samples = np.stack(channels, axis=1)
    path = folder / "call.pcm"
    path.write_bytes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return PreparedAudio(path, len(channels), RATE, len(samples), (), "")


def hiss(seconds: float) -> np.ndarray:
    return np.random.default_rng(99).standard_normal(int(seconds * RATE)) * 0.001


@pytest.mark.parametrize("late_s", [0.0, 0.12, 0.28])
def test_a_faint_late_copy_of_the_other_channel_is_bleed(late_s: float, tmp_path: Path) -> None:
    talk = voice(1, 4.0)
    late = np.concatenate([np.zeros(int(late_s * RATE)), talk])[: len(talk)]
    call = prepared(tmp_path, talk, 0.1 * late + hiss(4.0))
    speech = {0: (Interval(0.0, 4.0),), 1: (Interval(0.5, 4.0),)}
    bleed = find_bleed(call, speech)
    assert bleed[0] == ()
    assert total_s(bleed[1]) == pytest.approx(3.5, abs=0.2)
    assert without_bleed(speech[1], bleed[1]) == ()


def test_two_people_who_speak_at_the_same_time_both_stay(tmp_path: Path) -> None:
    call = prepared(tmp_path, voice(1, 4.0), 0.3 * voice(2, 4.0))
    speech = {0: (Interval(0.0, 4.0),), 1: (Interval(0.0, 4.0),)}
    assert find_bleed(call, speech) == {0: (), 1: ()}


def test_an_answer_right_after_bleed_stays(tmp_path: Path) -> None:
    talk, answer = voice(1, 2.0), voice(2, 2.0)
    silence = np.zeros(2 * RATE)
    first = np.concatenate([talk, silence])
    second = np.concatenate([0.1 * talk, answer]) + hiss(4.0)
    speech = {0: (Interval(0.0, 2.0),), 1: (Interval(0.0, 4.0),)}
    bleed = find_bleed(prepared(tmp_path, first, second), speech)
    (kept,) = without_bleed(speech[1], bleed[1])
    assert kept.start_s == pytest.approx(2.0, abs=0.3)
    assert kept.end_s == 4.0


def test_words_of_the_speaker_that_bled_through_are_counted() -> None:
    words = [HeardWord(text, at, at + 0.4, 0.9) for at, text in enumerate(("my", "bill", "again"))]
    assert words_in_bleed(words, (Interval(0.0, 1.5),)) == 2
