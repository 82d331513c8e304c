"""Recognise what `speak_cards` spoke and keep the words: `python -m tests.perf.hear_cards FOLDER OUT.json`.

What is kept is one line of JSON for each dialogue: its language, the turns as they were recognised (speaker,
role, words with times) and the seconds of the card. The numbers are invented, so they may be kept.
"""

import json
import sys
from pathlib import Path
from typing import Any

from callreview.analysis.settings import AnalysisSettings
from callreview.audio.decode import prepare_audio
from callreview.domain.call import CallMetadata
from callreview.domain.transcript import Transcript
from callreview.pipeline.costs import Costs
from callreview.pipeline.jobs import ProcessJob
from callreview.pipeline.transcribe import transcribe
from callreview.speech.models import model_folder
from callreview.speech.recognise import Recogniser


def main(folder: Path, out: Path) -> None:
    """Add the dialogues that are not in `out` yet."""
    known = (
        [json.loads(line) for line in out.read_text("utf-8").splitlines()] if out.exists() else []
    )
    done = {one["seed"] for one in known}
    model = model_folder(None)
    recogniser = Recogniser(model)
    for path in sorted(folder.glob("*.json"), key=lambda path: int(path.stem)):
        sound = path.with_suffix(".wav")
        if int(path.stem) in done or not sound.exists():
            continue
        truth = json.loads(path.read_text("utf-8"))
        transcript = _transcript(sound, truth["language"], recogniser, model)
        row = {"seed": int(path.stem), **truth, "turns": [*_turns(transcript)]}
        with out.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def _transcript(sound: Path, language: str, recogniser: Recogniser, model: Path) -> Transcript:
    pcm = sound.with_suffix(".pcm")
    audio = prepare_audio([sound], pcm)
    metadata = CallMetadata(reference=sound.stem, agent_channel=0, language=language)
    job = ProcessJob(audio, metadata, AnalysisSettings(), language=language, speakers=1)
    done = transcribe(job, recogniser, model, lambda _: None, Costs())
    pcm.unlink()
    return done.transcript


def _turns(transcript: Transcript) -> Any:
    for turn in transcript.turns:
        words = [
            [w.text, round(w.start_s, 2), round(w.end_s, 2), int(w.space_before)]
            for w in turn.words
        ]
        yield [turn.role, turn.language, words]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
