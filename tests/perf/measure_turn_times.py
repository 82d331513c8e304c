"""How near turns begin and end to the voice activity of their channel.

On the two-channel sample calls and, where it lies beside the repository, the real pair: for every
turn the distance of its start to the nearest start of a stretch of speech of its channel, and of
its end to the nearest end; on the sample calls also to the nearest true start and end of a word.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from callreview.audio.decode import prepare_audio
from callreview.audio.prepared import PreparedAudio
from callreview.domain.call import CallMetadata
from callreview.domain.transcript import Turn
from callreview.speech.models import model_folder
from callreview.speech.recognise import Recogniser
from callreview.speech.recognised import ChannelWords
from callreview.speech.speakers import assign_roles
from callreview.speech.turns import build_turns

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = REPOSITORY / "resources" / "samples"
CALLS = REPOSITORY.parent / "shared" / "data" / "calls"
NEAR_S = 0.3


def calls(folder: Path) -> Iterator[tuple[str, PreparedAudio]]:
    """The calls by name."""
    for path in sorted(SAMPLES.glob("[SK]*.flac")):
        yield path.stem, prepare_audio([path], folder / "call.pcm")
    if CALLS.is_dir():
        sides = [CALLS / f"Auto_Repairs_40_UTC_{side}.wav" for side in ("agent", "caller")]
        yield "pair", prepare_audio(sides, folder / "call.pcm")


def true_edges(name: str, channel: int) -> tuple[list[float], list[float]]:
    """Starts and ends (seconds) of what is said on a channel of a sample call."""
    truth = json.loads((SAMPLES / "truth" / f"{name}.json").read_text("utf-8"))
    words = [
        word
        for turn in truth["turns"]
        if truth["channels"].index(turn["speaker"]) == channel
        for word in turn["words"]
    ]
    return [word["start_s"] for word in words], [word["end_s"] for word in words]


def far(turns: Sequence[Turn], starts: Sequence[float], ends: Sequence[float]) -> list[float]:
    """How far (seconds) each edge of the turns is from the nearest of its kind."""
    return [min(abs(turn.start_s - at) for at in starts) for turn in turns] + [
        min(abs(turn.end_s - at) for at in ends) for turn in turns
    ]


def main() -> None:
    """Print the share of turn edges within 0.3 s."""
    recogniser = Recogniser(model_folder("base"), workers=2)
    voice: dict[str, list[float]] = {"samples": [], "pair": []}
    truth: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, call in calls(Path(folder)):
            for one, turns in turns_by_channel(recogniser.recognise(call)):
                starts, ends = zip(*((s.start_s, s.end_s) for s in one.speech), strict=True)
                voice["pair" if name == "pair" else "samples"] += far(turns, starts, ends)
                if name != "pair":
                    truth += far(turns, *true_edges(name, one.channel or 0))
    for title, found in {**voice, "samples against true word times": truth}.items():
        if found:
            near = sum(distance <= NEAR_S for distance in found) / len(found)
            print(f"{title}: {100 * near:.1f} % of {len(found)} turn edges within {NEAR_S} s")


def turns_by_channel(
    channels: Sequence[ChannelWords],
) -> Iterator[tuple[ChannelWords, Sequence[Turn]]]:
    """Each channel with its turns."""
    speakers = assign_roles(channels, CallMetadata("call"))
    turns = build_turns(channels, speakers)
    for one, speaker in zip(channels, speakers, strict=True):
        own = [turn for turn in turns if turn.speaker == speaker.id]
        if own:
            yield one, own


if __name__ == "__main__":
    main()
