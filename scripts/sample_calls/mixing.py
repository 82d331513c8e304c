"""Script -> the two channels of the recording and the exact place of everything in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scripts.sample_calls.script import SPEAKERS, CallScript, Hold, Line, Speaker
from scripts.sample_calls.telephone import (
    LINE_HZ,
    Samples,
    hold_tune,
    line_noise,
    over_the_line,
    with_echo,
)
from scripts.sample_calls.voices import RATE_HZ, Speech, SpokenWord, cut_after, speak

_END_S = 0.8
_PEAK = 0.95


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """One line of the script as it stands in the recording."""

    line: Line
    words: tuple[SpokenWord, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """Two channels (2, n) at 8 kHz, agent first, with turns in order of start and hold times."""

    channels: Samples
    turns: tuple[SpokenTurn, ...]
    holds: tuple[tuple[float, float], ...]

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return float(self.channels.shape[1] / LINE_HZ)


@dataclass(frozen=True, slots=True)
class _Sound:
    speaker: Speaker
    start_s: float
    samples: Samples


def record(script: CallScript) -> Recording:
    """Let the voices speak the script over a telephone line."""
    sounds: list[_Sound] = []
    turns: list[SpokenTurn] = []
    holds: list[tuple[float, float]] = []
    end_s = 0.0
    for line in script.lines:
        start_s = max(0.0, end_s + line.gap_s)
        if isinstance(line, Hold):
            sounds.append(_Sound("agent", start_s, hold_tune(line.hold_s)))
            holds.append((start_s, start_s + line.hold_s))
        else:
            speech = _heard(line, script)
            turns.append(SpokenTurn(line, tuple(word.moved(start_s) for word in speech.words)))
            level_db = script.voices[line.speaker].level_db
            voice = over_the_line(speech.samples, RATE_HZ, level_db)
            sounds.append(_Sound(line.speaker, start_s, voice))
        end_s = max(end_s, start_s + len(sounds[-1].samples) / LINE_HZ)
    turns.sort(key=lambda turn: turn.words[0].start_s)
    return Recording(_mixed(script, sounds, end_s + _END_S), tuple(turns), tuple(holds))


def _heard(line: Line, script: CallScript) -> Speech:
    voice = script.voices[line.speaker]
    if not line.cut_off:
        return speak(line.text, voice)
    return cut_after(speak(f"{line.text} {line.cut_off}", voice), len(line.text.split()))


def _mixed(script: CallScript, sounds: list[_Sound], duration_s: float) -> Samples:
    random = np.random.default_rng(script.seed)
    channels = np.zeros((len(SPEAKERS), int(duration_s * LINE_HZ)))
    for sound in sounds:
        first = int(sound.start_s * LINE_HZ)
        channel = channels[SPEAKERS.index(sound.speaker)]
        channel[first : first + len(sound.samples)] += sound.samples
    for channel in channels:
        channel += line_noise(len(channel), script.noise_db, random)
    mixed = with_echo(channels)
    return mixed * min(1.0, _PEAK / float(np.abs(mixed).max()))
