# mypy: disable-error-code="import-not-found,import-untyped"
"""Make the sample calls again: ``python -m scripts.sample_calls.generate [REFERENCE...]``.

Without references every script of ``resources/samples/scripts`` is spoken. Writes the audio, the
truth of every call and the manifest. Needs the packages of ``requirements.txt`` and espeak-ng.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import soundfile

from scripts.sample_calls.mixing import Recording, SpokenTurn, record
from scripts.sample_calls.script import MANIFEST_COLUMNS, SPEAKERS, CallScript, read_scripts
from scripts.sample_calls.telephone import LINE_HZ, as_recorded
from scripts.sample_calls.voices import SpokenWord

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
NOTICE = "Synthetic speech made for CallReview. No real person, call or company."


def main(references: list[str]) -> int:
    """Speak the named scripts, or all of them, and write the manifest of all."""
    scripts = read_scripts(SAMPLES / "scripts")
    for script in scripts:
        if not references or script.reference in references:
            recording = record(script)
            write_call(script, recording, SAMPLES)
            print(f"{script.reference}: {recording.duration_s:.1f} s", flush=True)
    _write_manifest(scripts)
    return 0


def audio_file(script: CallScript) -> str:
    """Return the file name of the call's recording."""
    return f"{script.reference}.flac"


def write_call(script: CallScript, recording: Recording, folder: Path) -> None:
    """Write the sound of a call, and beside it in ``truth`` what is said where."""
    _write_audio(script, recording, folder / audio_file(script))
    _write_truth(script, recording, folder / "truth" / f"{script.reference}.json")


def _write_audio(script: CallScript, recording: Recording, path: Path) -> None:
    shape = {"samplerate": LINE_HZ, "channels": len(SPEAKERS), "subtype": "PCM_16"}
    with soundfile.SoundFile(path, "w", compression_level=1.0, **shape) as file:
        file.title = script.reference
        file.artist = "Synthetic voices"
        file.date = script.facts["started_at"]
        file.copyright = "MIT (text and recording); voices Apache-2.0"
        file.comment = f"{NOTICE} {_voices_in_words(script)}; seed {script.seed}"
        file.write(as_recorded(recording.channels).T)


def _voices_in_words(script: CallScript) -> str:
    return "; ".join(f"{speaker}: {script.voices[speaker].name}" for speaker in SPEAKERS)


def _write_truth(script: CallScript, recording: Recording, path: Path) -> None:
    truth = {
        "reference": script.reference,
        "notice": NOTICE,
        "language": script.facts["language"],
        "duration_s": round(recording.duration_s, 3),
        "sample_rate_hz": LINE_HZ,
        "channels": list(SPEAKERS),
        "voices": {speaker: script.voices[speaker].name for speaker in SPEAKERS},
        "seed": script.seed,
        "holds": [
            {"start_s": round(start_s, 3), "end_s": round(end_s, 3)}
            for start_s, end_s in recording.holds
        ],
        "turns": [_turn(turn) for turn in recording.turns],
    }
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _turn(turn: SpokenTurn) -> dict[str, Any]:
    return {
        "speaker": turn.line.speaker,
        "start_s": round(turn.words[0].start_s, 3),
        "end_s": round(turn.words[-1].end_s, 3),
        "text": turn.line.text,
        "interrupted": bool(turn.line.cut_off),
        "contains": turn.line.contains,
        "words": [_word(word) for word in turn.words],
    }


def _word(word: SpokenWord) -> dict[str, Any]:
    return {"text": word.text, "start_s": round(word.start_s, 3), "end_s": round(word.end_s, 3)}


def _write_manifest(scripts: list[CallScript]) -> None:
    with (SAMPLES / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, MANIFEST_COLUMNS, lineterminator="\n")
        rows.writeheader()
        rows.writerows({**script.facts, "audio_file": audio_file(script)} for script in scripts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
