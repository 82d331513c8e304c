"""Let Whisper read the sample calls: ``python -m scripts.sample_calls.check MODEL_FOLDER [REF...]``.

Prints the word error rate (Korean: character error rate) of every channel against the script, and
each turn that was misread. Runs in the product's own environment, on one thread.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import numpy.typing as npt
from faster_whisper import WhisperModel
from faster_whisper.audio import decode_audio

from callreview.speech.word_errors import BY_CHARACTER, count_word_errors, normalise

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"


def main(model_folder: str, references: list[str]) -> int:
    """Check the named calls, or all of them."""
    model = WhisperModel(model_folder, device="cpu", compute_type="int8", cpu_threads=1)
    for path in sorted((SAMPLES / "truth").glob("*.json")):
        if not references or path.stem in references:
            _check(model, json.loads(path.read_text(encoding="utf-8")))
    return 0


def _check(model: WhisperModel, truth: dict[str, Any]) -> None:
    sides = decode_audio(str(SAMPLES / f"{truth['reference']}.flac"), split_stereo=True)
    for speaker, samples in zip(truth["channels"], sides, strict=True):
        said = [turn["text"] for turn in truth["turns"] if turn["speaker"] == speaker]
        _report(truth["reference"], speaker, truth["language"], said, _heard(model, samples, truth))


def _heard(model: WhisperModel, samples: npt.NDArray[np.float32], truth: dict[str, Any]) -> str:
    segments, _ = model.transcribe(
        samples, language=truth["language"], beam_size=5, condition_on_previous_text=False
    )
    return " ".join(segment.text for segment in segments)


def _report(reference: str, speaker: str, language: str, said: list[str], heard: str) -> None:
    errors = count_word_errors(" ".join(said), heard, language)
    print(f"{reference} {speaker}: {errors.rate:.1%} of {errors.units}", flush=True)
    if errors.rate:
        compare = jiwer.process_characters if language in BY_CHARACTER else jiwer.process_words
        alignment = compare(normalise(" ".join(said)), normalise(heard))
        print(jiwer.visualize_alignment(alignment, show_measures=False), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
