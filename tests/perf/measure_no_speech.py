"""Words that the recogniser finds where nobody speaks: noises, tones and hold music of a line.

The sounds are those of `tests/nobody_speaks.py`, one after the other in one recording, and the
silence of `../shared/data/edge` where it lies beside the repository. Languages: found out, and each
of English and Korean given.
"""

import tempfile
from pathlib import Path

import numpy as np

from callreview.audio.decode import prepare_audio
from callreview.audio.prepared import PreparedAudio
from callreview.speech.models import model_folder
from callreview.speech.recognise import Recogniser
from tests.nobody_speaks import RATE, sounds

SILENCE = Path(__file__).resolve().parents[3] / "shared" / "data" / "edge" / "silence.wav"


def recordings(folder: Path) -> dict[str, PreparedAudio]:
    """What to listen to, by name."""
    samples = np.concatenate([sound for _name, sound in sounds()])
    path = folder / "sounds.pcm"
    path.write_bytes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    found = {"noises, tones, music": PreparedAudio(path, 1, RATE, len(samples), (), "")}
    if SILENCE.is_file():
        found["silence.wav"] = prepare_audio([SILENCE], folder / "silence.pcm")
    return found


def main() -> None:
    """Print how many words are found in each recording."""
    recogniser = Recogniser(model_folder("base"), workers=2)
    with tempfile.TemporaryDirectory() as folder:
        for name, call in recordings(Path(folder)).items():
            words = {
                language or "found out": sum(
                    len(one.words) for one in recogniser.recognise(call, language=language)
                )
                for language in ("", "en", "ko")
            }
            print(f"{name}, {call.duration_s / 60:.1f} min: words by language {words}", flush=True)


if __name__ == "__main__":
    main()
