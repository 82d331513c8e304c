# mypy: disable-error-code="import-not-found,import-untyped"
"""Speak the test dialogues as telephone calls: ``python -m scripts.sample_calls.dialogues FOLDER``.

A larger set to count word errors on than the sample calls are, and other words: about an hour.
Writes FLAC files and, in ``truth``, every word with its place, for
``tests/perf/measure_word_errors.py --calls FOLDER``. Voices and pauses are drawn with a fixed seed.
"""

import sys
from collections import defaultdict
from pathlib import Path
from random import Random

from scripts.sample_calls.generate import write_call
from scripts.sample_calls.mixing import record
from scripts.sample_calls.script import MANIFEST_COLUMNS, SPEAKERS, CallScript, Line, Voice

DIALOGUES = Path(__file__).resolve().parents[2] / "tests/data/understanding/dialogues.en.tsv"
DIALOGUES_IN_A_CALL = 6
STYLES = ("jf_alpha", "jf_gongitsune", "jf_nezumi", "jf_tebukuro", "jm_kumo")
OVERLAP_SHARE, LONG_PAUSE_SHARE = 0.1, 0.06


def main(folder: Path) -> None:
    """Speak all dialogues, several to a call."""
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    for script in scripts():
        if not (folder / "truth" / f"{script.reference}.json").exists():
            recording = record(script)
            write_call(script, recording, folder)
            print(f"{script.reference}: {recording.duration_s:.1f} s", flush=True)


def scripts() -> list[CallScript]:
    """The dialogues as scripts; turns with figures are left out: how they are read is not fixed."""
    dialogues: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in DIALOGUES.read_text(encoding="utf-8").splitlines():
        number, role, text, _label = row.split("\t")
        if not any(character.isdigit() for character in text):
            dialogues[number].append((role, text))
    numbers = list(dialogues)
    groups = [
        numbers[i : i + DIALOGUES_IN_A_CALL] for i in range(0, len(numbers), DIALOGUES_IN_A_CALL)
    ]
    return [
        _script(seed, [turn for number in group for turn in dialogues[number]])
        for seed, group in enumerate(groups, start=1)
    ]


def _script(seed: int, turns: list[tuple[str, str]]) -> CallScript:
    chance = Random(seed)
    facts = dict.fromkeys(MANIFEST_COLUMNS, "")
    facts |= {"reference": f"D{seed:02d}", "language": "en", "started_at": "2026-11-22"}
    return CallScript(
        facts=facts,
        seed=seed,
        noise_db=chance.uniform(-60.0, -50.0),
        voices={speaker: _voice(chance) for speaker in SPEAKERS},
        lines=tuple(Line(_speaker(role), _gap_s(chance), text) for role, text in turns),
    )


def _speaker(role: str) -> str:
    return "agent" if role == "agent" else "customer"


def _voice(chance: Random) -> Voice:
    first, second = chance.sample(STYLES, 2)
    share = chance.choice((0.5, 0.6, 0.7, 1.0))
    styles = {first: share, second: 1 - share} if share < 1 else {first: 1.0}
    return Voice(
        accent=chance.choice(("en-US", "en-US", "en-GB")),
        styles={} if chance.random() < 0.3 else styles,
        speed=chance.uniform(1.0, 1.2),
        pitch=chance.choice((0.94, 1.0, 1.0, 1.04)),
        level_db=chance.uniform(-4.0, 2.0),
    )


def _gap_s(chance: Random) -> float:
    drawn = chance.random()
    if drawn < OVERLAP_SHARE:
        return chance.uniform(-0.6, 0.0)
    if drawn < OVERLAP_SHARE + LONG_PAUSE_SHARE:
        return chance.uniform(2.0, 6.0)
    return chance.uniform(0.2, 1.2)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
