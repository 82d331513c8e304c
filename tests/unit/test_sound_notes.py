"""Channels on which nobody is heard are told of, in both languages."""

from pathlib import Path

import numpy as np
import pytest

from callreview.audio.prepared import PreparedAudio
from callreview.config.language import use_language
from callreview.domain.errors import Cancelled
from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import SoundNote
from callreview.services.sound_notes import describe_sound
from callreview.speech.recognised import ChannelWords, HeardWord
from callreview.speech.sound_notes import find_sound_notes

RATE = 8000
SPOKEN = (HeardWord("Hello", 0.5, 0.9, 0.9),)


def prepared(folder: Path, *channels: np.ndarray) -> PreparedAudio:
    samples = np.stack(channels, axis=1).round().astype("<i2")
    (folder / "call.pcm").write_bytes(samples.tobytes())
    return PreparedAudio(folder / "call.pcm", len(channels), RATE, len(samples), (), "")


def noise(level: float) -> np.ndarray:
    return np.random.default_rng(1).standard_normal(4 * RATE) * level


def heard(channel: int, *, speaks: bool) -> ChannelWords:
    speech = (Interval(0.5, 0.9),) if speaks else ()
    return ChannelWords(channel, "en", 1.0, SPOKEN if speaks else (), speech)


def test_a_channel_of_zeros_is_silent(tmp_path: Path) -> None:
    call = prepared(tmp_path, noise(3000), noise(0))
    notes = find_sound_notes(call, [heard(0, speaks=True), heard(1, speaks=False)])
    assert notes == (SoundNote("silent", 1),)


@pytest.mark.parametrize("level", [8.0, 0.5])
def test_a_channel_with_a_constant_and_the_steps_of_its_coder_is_silent(
    level: float, tmp_path: Path
) -> None:
    steps = np.clip(noise(level), -30, 30) + 100
    call = prepared(tmp_path, steps, noise(3000))
    notes = find_sound_notes(call, [heard(0, speaks=False), heard(1, speaks=True)])
    assert notes == (SoundNote("silent", 0),)


def test_a_channel_with_hiss_is_not_silent_but_nobody_speaks(tmp_path: Path) -> None:
    call = prepared(tmp_path, noise(3000), noise(100))
    notes = find_sound_notes(call, [heard(0, speaks=True), heard(1, speaks=False)])
    assert notes == (SoundNote("no_speech", 1),)


def test_channels_with_words_are_not_told_of(tmp_path: Path) -> None:
    call = prepared(tmp_path, noise(3000), noise(3000))
    assert find_sound_notes(call, [heard(0, speaks=True), heard(1, speaks=True)]) == ()


def test_a_call_in_which_nobody_is_heard_is_told_of_once(tmp_path: Path) -> None:
    call = prepared(tmp_path, noise(100), noise(0))
    nobody = [heard(0, speaks=False), heard(1, speaks=False)]
    assert find_sound_notes(call, nobody) == (SoundNote("no_speech"),)


def test_looking_for_silence_can_be_cancelled(tmp_path: Path) -> None:
    call = prepared(tmp_path, noise(0), noise(0))
    with pytest.raises(Cancelled):
        find_sound_notes(call, [heard(0, speaks=False)], lambda: True)


def test_every_note_is_a_sentence_in_both_languages() -> None:
    notes = (
        SoundNote("silent", 1),
        SoundNote("no_speech", 0),
        SoundNote("no_speech"),
        SoundNote("silent"),
        SoundNote("swapped", None, 83.4),
    )
    english = describe_sound(notes)
    assert english[0] == "Channel 2 is silent."
    assert english[1] == "Nobody is heard on channel 1, only noise."
    assert english[2] == english[3] == "Nobody is heard in this call."
    assert "at 1:23" in english[4]
    use_language("ko")
    try:
        korean = describe_sound(notes)
    finally:
        use_language("en")
    assert "채널 2" in korean[0]
    assert "1:23" in korean[4]
    assert not set(english) & set(korean)
