"""The script of a sample call: what is said by whom, when, and what the contact centre knows of it.

A script is one TOML file of ``resources/samples/scripts``. ``gap_s`` of a line counts from the
moment everybody before has finished; a negative gap talks over the others.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

Speaker = Literal["agent", "customer"]
Accent = Literal["en-US", "en-GB", "ko"]
SPEAKERS: tuple[Speaker, ...] = get_args(Speaker)
MANIFEST_COLUMNS = (
    "reference",
    "agent",
    "started_at",
    "audio_file",
    "direction",
    "queue",
    "campaign",
    "source",
    "customer_id",
    "caller",
    "outcome",
    "csat",
    "team",
    "language",
    "agent_channel",
)


class ScriptError(ValueError):
    """A script file that cannot be spoken; the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A synthetic voice.

    ``styles`` are Kokoro style names with their share (they sum to 1); empty means hibari's voice.
    ``speed`` is a factor on the pace, ``pitch`` a factor on pitch and formants together,
    ``level_db`` the loudness against the usual -22.5 dBFS.
    """

    accent: Accent
    styles: Mapping[str, float]
    speed: float
    pitch: float
    level_db: float

    @property
    def name(self) -> str:
        """The voice in words, for tags and truth files."""
        blend = "+".join(f"{style}*{share:g}" for style, share in self.styles.items())
        source = f"kokoro:{blend}" if blend else "hibari:heart"
        return f"{source} {self.accent} speed {self.speed:g} pitch {self.pitch:g}"


@dataclass(frozen=True, slots=True)
class Line:
    """What one speaker says in one go; ``cut_off`` was begun but never heard."""

    speaker: Speaker
    gap_s: float
    text: str
    cut_off: str = ""
    contains: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """The caller waits ``hold_s`` seconds with a tune on the agent's channel."""

    gap_s: float
    hold_s: float


@dataclass(frozen=True, slots=True)
class CallScript:
    """One call: ``facts`` are its manifest columns apart from the audio file."""

    facts: Mapping[str, str]
    seed: int
    noise_db: float
    voices: Mapping[Speaker, Voice]
    lines: tuple[Line | Hold, ...]

    @property
    def reference(self) -> str:
        """The name of the call and of its files."""
        return self.facts["reference"]


def read_script(path: Path) -> CallScript:
    """Read one script file. Raises ScriptError when something is missing or misspelt."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        script = _script(raw)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ScriptError) as error:
        raise ScriptError(f"{path.name}: {error}") from error
    if script.reference != path.stem:
        raise ScriptError(f"{path.name}: reference {script.reference!r} is not the file's name")
    return script


def read_scripts(folder: Path) -> list[CallScript]:
    """Read every script of a folder, in the order of their names."""
    return [read_script(path) for path in sorted(folder.glob("*.toml"))]


def _script(raw: Mapping[str, Any]) -> CallScript:
    facts = {key: str(value) for key, value in raw["call"].items()}
    unknown = set(facts) ^ (set(MANIFEST_COLUMNS) - {"audio_file"})
    if unknown:
        raise ScriptError(f"[call] lacks or does not know {sorted(unknown)}")
    return CallScript(
        facts=facts,
        seed=int(raw["line"]["seed"]),
        noise_db=float(raw["line"]["noise_db"]),
        voices={speaker: _voice(raw["voices"][speaker]) for speaker in SPEAKERS},
        lines=tuple(_line(line) for line in raw["lines"]),
    )


def _voice(raw: Mapping[str, Any]) -> Voice:
    if raw["accent"] not in get_args(Accent):
        raise ScriptError(f"unknown accent {raw['accent']!r}")
    return Voice(
        accent=raw["accent"],
        styles=dict(raw.get("styles", {})),
        speed=float(raw.get("speed", 1.0)),
        pitch=float(raw.get("pitch", 1.0)),
        level_db=float(raw.get("level_db", 0.0)),
    )


def _line(raw: Mapping[str, Any]) -> Line | Hold:
    if "hold_s" in raw:
        return Hold(**raw)
    if raw["speaker"] not in SPEAKERS:
        raise ScriptError(f"unknown speaker {raw['speaker']!r}")
    return Line(**raw)
