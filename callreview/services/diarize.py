"""Who speaks when in a recording, without a workspace: written as RTTM."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from callreview.audio.mix_down import mix_down
from callreview.audio.prepared import PreparedAudio
from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.intervals import Intervals, close_gaps
from callreview.exchange.rttm import SpeakerStretch, write_rttm
from callreview.services.progress import OnProgress, Progress, ignore_progress, never

_CLOSED_GAP_S = 0.3
_MOST_SPEAKERS = 20


def diarize(
    recording: Path,
    out: Path,
    speakers: int | None = None,
    on_progress: OnProgress = ignore_progress,
) -> bool:
    """Write who speaks when in `recording` to `out` as RTTM; return whether voices are alike.

    Where speakers have channels of their own, voice activity of the channels tells who speaks.
    Several voices on one channel are told apart by sound; so are all channels mixed to one when
    `speakers` asks for another number than there are channels with speech. Alike voices may be
    mixed up. Raises UserError when the recording cannot be read or `speakers` is no number of
    people, EnvironmentProblem when the networks for voices are not there.
    """
    if speakers is not None and not 1 <= speakers <= _MOST_SPEAKERS:
        text = _("A recording can be given 1 to {most} speakers.")
        raise UserError(text.format(most=_MOST_SPEAKERS))

    def report(fraction: float) -> None:
        on_progress(Progress(1, 1, recording.name, _("telling speakers apart"), fraction))

    # The codecs take a while to load; other commands start without them.
    from callreview.audio.decode import prepare_audio

    with tempfile.TemporaryDirectory() as folder:
        prepared = prepare_audio([recording], Path(folder) / "call.pcm")
        own = _speech_by_channel(prepared)
        if len(own) > 1 and speakers in (None, len(own)):
            write_rttm(_by_channel(own), recording.stem, out)
            return False
        channel = next(iter(own), 0)
        if len(own) > 1:
            prepared, channel = mix_down(prepared, Path(folder) / "mixed.pcm"), 0
        stretches, alike = _by_voice(prepared, channel, speakers, report)
        write_rttm(stretches, recording.stem, out)
        return alike


def _speech_by_channel(prepared: PreparedAudio) -> dict[int, Intervals]:
    """Speech of each channel that has any of its own, what it hears from others left out."""
    from callreview.speech.bleed import find_bleed, without_bleed
    from callreview.speech.distinct_channels import distinct_channels
    from callreview.speech.voice_activity import find_speech

    channels = distinct_channels(prepared, never)
    if len(channels) == 1:
        return {channels[0]: ()}
    heard = {channel: find_speech(prepared, channel, never) for channel in channels}
    bleed = find_bleed(prepared, heard)
    own = {channel: without_bleed(heard[channel], bleed[channel]) for channel in channels}
    return {channel: close_gaps(one, _CLOSED_GAP_S) for channel, one in own.items() if one}


def _by_channel(own: dict[int, Intervals]) -> list[SpeakerStretch]:
    return [
        SpeakerStretch(one.start_s, one.end_s, f"speaker{number}", channel + 1)
        for number, (channel, speech) in enumerate(own.items(), 1)
        for one in speech
    ]


def _by_voice(
    prepared: PreparedAudio, channel: int, speakers: int | None, report: Callable[[float], None]
) -> tuple[list[SpeakerStretch], bool]:
    from callreview.speech.diarization.tell_apart import tell_apart

    voices = tell_apart(prepared, channel, speakers=speakers, progress=report)
    stretches = [
        SpeakerStretch(one.start_s, one.end_s, f"speaker{one.voice + 1}", channel + 1)
        for one in voices.stretches
    ]
    return stretches, voices.alike
