"""What is odd about the sound of a call, in words."""

from collections.abc import Sequence

from callreview.config.language import _
from callreview.domain.transcript import SoundNote


def describe_sound(notes: Sequence[SoundNote]) -> list[str]:
    """One sentence for each note; channels are counted from 1 as people do."""
    return [_describe(note) for note in notes]


def _describe(note: SoundNote) -> str:
    if note.kind == "swapped":
        minutes, seconds = divmod(int(note.at_s or 0.0), 60)
        text = _(
            "The channels change places at {time}: from there on the speakers were put right, "
            "but each is heard on the other channel."
        )
        return text.format(time=f"{minutes}:{seconds:02}")
    if note.channel is None:
        return _("Nobody is heard in this call.")
    if note.kind == "silent":
        return _("Channel {number} is silent.").format(number=note.channel + 1)
    return _("Nobody is heard on channel {number}, only noise.").format(number=note.channel + 1)
