from pathlib import Path

import numpy as np
import pytest

from callreview.audio.decode import prepare_audio
from callreview.audio.prepared import PreparedAudio
from callreview.domain.errors import Cancelled
from callreview.speech import voice_activity
from callreview.speech.voice_activity import LONGEST_STRETCH_S, find_speech
from tests.nobody_speaks import RATE, sounds


def prepared(folder: Path, samples: np.ndarray) -> PreparedAudio:
    path = folder / "call.pcm"
    path.write_bytes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return PreparedAudio(path, 1, RATE, len(samples), (), "")


def never() -> bool:
    return False


@pytest.mark.parametrize("name", [name for name, _sound in sounds()])
def test_nobody_speaks_in(name: str, tmp_path: Path) -> None:
    sound = next(sound for other, sound in sounds() if other == name)
    assert find_speech(prepared(tmp_path, sound), 0, never) == ()


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
@pytest.mark.parametrize("before", ["silence", "hold tune, plucked", "ringing, Europe", "DTMF"])
def test_speech_is_found_at_once_after(before: str, shared_data: Path, tmp_path: Path) -> None:
    waiting = next(sound for name, sound in sounds() if name == before)
    jfk = prepare_audio([shared_data / "edge" / "jfk.wav"], tmp_path / "jfk.pcm").mono(0, rate=RATE)
    waited = np.concatenate([waiting, jfk])
    speech = find_speech(prepared(tmp_path, waited), 0, never)
    assert 40.2 < speech[0].start_s < 40.7
    assert sum(stretch.length_s for stretch in speech) > 6.0


def test_looking_for_speech_can_be_cancelled(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        find_speech(prepared(tmp_path, np.zeros(20 * RATE)), 0, lambda: True)
