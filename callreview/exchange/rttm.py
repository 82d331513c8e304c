"""Who speaks when as RTTM, the format of NIST's Rich Transcription evaluations.

One line a stretch: SPEAKER file channel onset duration <NA> <NA> name <NA> <NA>, times in seconds.
"The 2009 (RT-09) Rich Transcription Meeting Recognition Evaluation Plan", appendix A.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from callreview.config.files import write_whole_file


@dataclass(frozen=True, order=True)
class SpeakerStretch:
    """A stretch of speech of one speaker, in seconds, on a channel (1-based as RTTM counts)."""

    start_s: float
    end_s: float
    speaker: str
    channel: int = 1


def write_rttm(stretches: Iterable[SpeakerStretch], recording: str, path: Path) -> None:
    """Write the stretches in order of time; blanks in the name of the recording become "_".

    Raises UserError when the folder does not exist, EnvironmentProblem when it cannot be written.
    """
    name = "_".join(recording.split()) or "recording"
    text = "".join(_line(stretch, name) for stretch in sorted(stretches))
    write_whole_file(path, lambda beside: beside.write_text(text, encoding="utf-8"))


def _line(stretch: SpeakerStretch, name: str) -> str:
    start_ms, end_ms = round(stretch.start_s * 1000), round(stretch.end_s * 1000)
    times = f"{start_ms / 1000:.3f} {(end_ms - start_ms) / 1000:.3f}"
    return f"SPEAKER {name} {stretch.channel} {times} <NA> <NA> {stretch.speaker} <NA> <NA>\n"
