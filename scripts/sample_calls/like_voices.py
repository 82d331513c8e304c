# mypy: disable-error-code="import-not-found,import-untyped"
"""Make calls of two like voices: ``python -m scripts.sample_calls.like_voices OUT_DIR``.

The scripts of some sample calls are spoken by two women or two men whose voices are made by the
same model, some of them partly of the same style. Beside each recording (Opus, a channel a speaker)
stands the truth: who says which word when. Needs the packages of ``requirements.txt``.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import soundfile

from scripts.sample_calls.generate import NOTICE, SAMPLES
from scripts.sample_calls.mixing import Recording, record
from scripts.sample_calls.script import CallScript, read_scripts
from scripts.sample_calls.telephone import LINE_HZ, as_recorded

# Script, agent, customer: the styles of Kokoro (none: hibari's voice) and the pitch.
_Sound = tuple[Mapping[str, float], float]
_PAIRS: dict[str, tuple[str, _Sound, _Sound]] = {
    "women-1": (
        "S02-delivery-question",
        ({"jf_alpha": 1.0}, 1.0),
        ({"jf_alpha": 0.5, "jf_gongitsune": 0.5}, 1.0),
    ),
    "women-2": (
        "S07-cancellation",
        ({"jf_tebukuro": 1.0}, 1.0),
        ({"jf_tebukuro": 0.5, "jf_nezumi": 0.5}, 1.0),
    ),
    "women-3": ("S03-billing-question", ({}, 1.0), ({}, 0.93)),
    "women-4": ("S04-broadband-sale", ({"jf_alpha": 1.0}, 1.0), ({"jf_gongitsune": 1.0}, 1.0)),
    "women-5": ("S08-long-hold", ({"jf_nezumi": 1.0}, 1.0), ({"jf_tebukuro": 1.0}, 1.0)),
    "men-1": (
        "S06-payment-arrangement",
        ({"jm_kumo": 1.0}, 1.0),
        ({"jm_kumo": 0.75, "jf_tebukuro": 0.25}, 0.96),
    ),
    "men-2": ("S05-card-payment", ({"jm_kumo": 1.0}, 1.0), ({"jm_kumo": 1.0}, 0.92)),
}


def main(folder: Path) -> int:
    """Write every pair as Opus with its truth as JSON."""
    scripts = {script.reference: script for script in read_scripts(SAMPLES / "scripts")}
    folder.mkdir(parents=True, exist_ok=True)
    for name, (reference, agent, customer) in _PAIRS.items():
        script = _spoken_by(scripts[reference], agent, customer)
        recording = record(script)
        samples = as_recorded(recording.channels).T
        soundfile.write(folder / f"{name}.opus", samples, LINE_HZ, format="OGG", subtype="OPUS")
        truth = json.dumps(_truth(script, recording), ensure_ascii=False, indent=None)
        (folder / f"{name}.json").write_text(truth + "\n", encoding="utf-8")
        print(f"{name}: {recording.duration_s:.1f} s", flush=True)
    return 0


def _spoken_by(script: CallScript, agent: _Sound, customer: _Sound) -> CallScript:
    voices = {
        speaker: dataclasses.replace(script.voices[speaker], styles=styles, pitch=pitch)
        for speaker, (styles, pitch) in (("agent", agent), ("customer", customer))
    }
    return dataclasses.replace(script, voices=voices)


def _truth(script: CallScript, recording: Recording) -> dict[str, Any]:
    return {
        "notice": NOTICE,
        "voices": {speaker: voice.name for speaker, voice in script.voices.items()},
        "holds": [
            {"start_s": round(start_s, 3), "end_s": round(end_s, 3)}
            for start_s, end_s in recording.holds
        ],
        "turns": [
            {
                "speaker": turn.line.speaker,
                "words": [
                    {"text": w.text, "start_s": round(w.start_s, 3), "end_s": round(w.end_s, 3)}
                    for w in turn.words
                ],
            }
            for turn in recording.turns
        ],
    }


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
