"""Script -> the two channels of the recording and the exact place of everything in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scripts.sample_calls.script import SPEAKERS, CallScript, Hold, Line, Speaker
from scripts.sample_calls.telephone import (
    NARROW_BAND,
    Samples,
    Telephone,
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
    """Two channels (2, n), agent first, with turns in order of start and hold times."""

    line: Telephone
    channels: Samples
    turns: tuple[SpokenTurn, ...]
    holds: tuple[tuple[float, float], ...]

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return float(self.channels.shape[1] / self.line.rate_hz)


@dataclass(frozen=True, slots=True)
class _Sound:
    speaker: Speaker
    start_s: float
    samples: Samples


def record(script: CallScript, line: Telephone = NARROW_BAND) -> Recording:
    """Let the voices speak the script over a telephone line."""
    sounds: list[_Sound] = []
    turns: list[SpokenTurn] = []
    holds: list[tuple[float, float]] = []
    end_s = 0.0
    for said in script.lines:
        start_s = max(0.0, end_s + said.gap_s)
        if isinstance(said, Hold):
            sounds.append(_Sound("agent", start_s, hold_tune(said.hold_s, line)))
            holds.append((start_s, start_s + said.hold_s))
        else:
            speech = _heard(said, script)
            turns.append(SpokenTurn(said, tuple(word.moved(start_s) for word in speech.words)))
            level_db = script.voices[said.speaker].level_db
            voice = over_the_line(speech.samples, RATE_HZ, level_db, line)
            sounds.append(_Sound(said.speaker, start_s, voice))
        end_s = max(end_s, start_s + len(sounds[-1].samples) / line.rate_hz)
    turns.sort(key=lambda turn: turn.words[0].start_s)
    channels = _mixed(script, sounds, end_s + _END_S, line)
    return Recording(line, channels, tuple(turns), tuple(holds))


def _heard(line: Line, script: CallScript) -> Speech:
    voice = script.voices[line.speaker]
    if not line.cut_off:
        return speak(line.text, voice)
    return cut_after(speak(f"{line.text} {line.cut_off}", voice), len(line.text.split()))


def _mixed(script: CallScript, sounds: list[_Sound], duration_s: float, line: Telephone) -> Samples:
    random = np.random.default_rng(script.seed)
    channels = np.zeros((len(SPEAKERS), int(duration_s * line.rate_hz)))
    for sound in sounds:
        first = int(sound.start_s * line.rate_hz)
        channel = channels[SPEAKERS.index(sound.speaker)]
        channel[first : first + len(sound.samples)] += sound.samples
    for channel in channels:
        channel += line_noise(len(channel), script.noise_db, random, line)
    mixed = with_echo(channels, line)
    return mixed * min(1.0, _PEAK / float(np.abs(mixed).max()))
