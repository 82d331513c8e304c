from pathlib import Path

import numpy as np
import pytest

from callreview.audio.decode import prepare_audio
from callreview.audio.prepared import PreparedAudio
from callreview.domain.errors import Cancelled
from callreview.speech import voice_activity
from callreview.speech.voice_activity import LONGEST_STRETCH_S, find_speech

RATE = 8000
SECONDS = np.arange(20 * RATE) / RATE


def prepared(folder: Path, samples: np.ndarray) -> PreparedAudio:
    path = folder / "call.pcm"
    path.write_bytes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return PreparedAudio(path, 1, RATE, len(samples), (), "")


def never() -> bool:
    return False


def tune() -> np.ndarray:
    """A hold tune: plucked notes of a major scale, two a second."""
    pitches = np.random.default_rng(3).choice([262, 294, 330, 349, 392, 440, 494, 523], 40)
    since = SECONDS % 0.5
    pitch = pitches[(SECONDS / 0.5).astype(int)]
    overtones = sum(np.sin(2 * np.pi * n * pitch * since) / n for n in (1, 2, 3))
    return 0.2 * np.exp(-4 * since) * overtones


SOUNDS = {
    "silence": np.zeros(20 * RATE),
    "hiss": np.random.default_rng(1).standard_normal(20 * RATE) * 0.05,
    "hum": 0.2 * np.sin(2 * np.pi * 60 * SECONDS),
    "ringing": 0.2 * np.sin(2 * np.pi * 440 * SECONDS) * (SECONDS % 6 < 2),
    "tones": 0.2
    * (np.sin(2 * np.pi * 697 * SECONDS) + np.sin(2 * np.pi * 1209 * SECONDS))
    * (SECONDS % 0.5 < 0.2),
    "hold tune": tune(),
}


@pytest.mark.parametrize("sound", SOUNDS)
def test_nobody_speaks_in(sound: str, tmp_path: Path) -> None:
    assert find_speech(prepared(tmp_path, SOUNDS[sound]), 0, never) == ()


@pytest.mark.shared
@pytest.mark.parametrize("level", [1.0, 0.01])
def test_speech_is_found_at_any_level_and_across_the_blocks_of_a_long_call(
    level: float, shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_activity, "_BLOCK_FRAMES", 125)
    jfk = prepare_audio([shared_data / "edge" / "jfk.wav"], tmp_path / "jfk.pcm").mono(0, rate=RATE)
    quiet = prepared(tmp_path, np.concatenate([np.zeros(5 * RATE), jfk * level]))
    speech = find_speech(quiet, 0, never)
    assert 5.2 < speech[0].start_s < 5.5
    assert 15.0 < speech[-1].end_s <= 16.0
    spoken_s = sum(stretch.length_s for stretch in speech)
    assert 6.5 < spoken_s < 10.5
    assert all(stretch.length_s <= LONGEST_STRETCH_S for stretch in speech)


@pytest.mark.shared
@pytest.mark.parametrize("before", ["silence", "hold tune", "ringing", "tones"])
def test_speech_is_found_at_once_after(before: str, shared_data: Path, tmp_path: Path) -> None:
    jfk = prepare_audio([shared_data / "edge" / "jfk.wav"], tmp_path / "jfk.pcm").mono(0, rate=RATE)
    waited = np.concatenate([SOUNDS[before], SOUNDS[before], jfk])
    speech = find_speech(prepared(tmp_path, waited), 0, never)
    assert 40.2 < speech[0].start_s < 40.7
    assert sum(stretch.length_s for stretch in speech) > 6.0


def test_looking_for_speech_can_be_cancelled(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        find_speech(prepared(tmp_path, SOUNDS["silence"]), 0, lambda: True)
