"""From the prepared sound of a call to its transcript: words, voices, roles, turns."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import SoundNote, Transcript
from callreview.pipeline.costs import Costs
from callreview.pipeline.jobs import ProcessJob, StageProgress, WindowsDone
from callreview.speech.recognised import ChannelWords

if TYPE_CHECKING:
    from callreview.speech.recognise import Recogniser

Report = Callable[[StageProgress | WindowsDone], None]

VOICES = "campplus"
"""What the model that tells voices apart is called in a transcript."""


@dataclass(frozen=True)
class Transcribed:
    """A transcript and the voice activity of each speaker, by id."""

    transcript: Transcript
    speech: Mapping[str, tuple[Interval, ...]]


def transcribe(
    job: ProcessJob, recogniser: "Recogniser", folder: Path, report: Report, costs: Costs
) -> Transcribed:
    """Recognise the words of a call, tell its voices apart, and shape them into turns.

    `folder` holds the model of `recogniser`.
    """
    from callreview.speech.diarization.swapped import swap_from
    from callreview.speech.glossary import with_names
    from callreview.speech.sound_notes import find_sound_notes
    from callreview.speech.speakers import assign_roles
    from callreview.speech.turns import build_turns

    with costs.of("speech", folder.name):
        channels = with_names(_recognise(job, recogniser, report), job.glossary, folder)
    sound_notes = find_sound_notes(job.audio, channels)
    swapped_at_s = _swapped_at_s(job, channels, costs)
    if swapped_at_s is not None:
        channels = list(swap_from(channels, swapped_at_s))
        sound_notes += (SoundNote("swapped", None, swapped_at_s),)
    voices = _by_voice(job, channels, report, costs)
    speakers = assign_roles(voices.channels, job.metadata)
    transcript = Transcript(
        language=_main_language(channels),
        speakers=speakers,
        turns=build_turns(voices.channels, speakers),
        models={"speech": folder.name, **voices.models},
        dropped=_dropped(channels),
        voices_alike=voices.alike,
        sound_notes=sound_notes,
    )
    own = zip(speakers, voices.channels, strict=True)
    return Transcribed(transcript, {speaker.id: one.speech for speaker, one in own})


def _recognise(job: ProcessJob, recogniser: "Recogniser", report: Report) -> list[ChannelWords]:
    from callreview.speech.glossary import hotwords

    return recogniser.recognise(
        job.audio,
        language=job.language or recogniser.known_language(job.metadata.language),
        hotwords=hotwords(job.glossary),
        finished=job.finished,
        on_finished=lambda windows: report(WindowsDone(windows)),
        progress=lambda done_s, total_s: report(StageProgress("speech", done_s, total_s)),
    )


def _swapped_at_s(job: ProcessJob, channels: Sequence[ChannelWords], costs: Costs) -> float | None:
    """When two channels on which people speak change places, None when they do not."""
    from callreview.speech.diarization.network import open_network
    from callreview.speech.diarization.swapped import find_swap
    from callreview.speech.diarization.weights import CAMPPLUS, speaker_models

    folder = speaker_models()
    if len(channels) != 2 or not all(one.words for one in channels) or folder is None:
        return None
    with costs.of("speakers", VOICES):
        return find_swap(job.audio, channels, open_network(folder / CAMPPLUS))


@dataclass(frozen=True)
class _Voices:
    """The words of each speaker, and how they were told apart."""

    channels: Sequence[ChannelWords]
    models: Mapping[str, str]
    alike: bool


def _by_voice(
    job: ProcessJob, channels: Sequence[ChannelWords], report: Report, costs: Costs
) -> _Voices:
    """The speakers by voice where only one channel says anything, else by channel."""
    from callreview.speech.diarization.by_voice import split_by_voice
    from callreview.speech.diarization.tell_apart import tell_apart
    from callreview.speech.diarization.weights import speaker_models

    together = _Voices(channels, {}, alike=False)
    speaking = [one for one in channels if one.words and one.channel is not None]
    if len(speaking) != 1 or job.speakers == 1 or speaker_models() is None:
        return together
    (only,) = speaking
    length_s = job.audio.duration_s
    with costs.of("speakers", VOICES):
        voices = tell_apart(
            job.audio,
            only.channel or 0,
            speakers=job.speakers,
            progress=lambda part: report(StageProgress("speakers", part * length_s, length_s)),
        )
        split = split_by_voice(only, voices)
    if len(split) < 2:
        return together
    return _Voices(split, {"speakers": VOICES}, voices.alike)


def _main_language(channels: Sequence[ChannelWords]) -> str:
    """The language that most words are in; "" when nothing was said."""
    most = max(channels, key=lambda channel: len(channel.words))
    return most.language


def _dropped(channels: Sequence[ChannelWords]) -> dict[str, int]:
    return dict(sum((Counter(one.dropped) for one in channels), Counter[str]()))
