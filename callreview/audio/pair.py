"""The two files of one call, brought to one clock.

Both sides are mostly recorded from the same moment on. Where one recorder started later, the line
tells by how much: each side hears a faint echo of the other, and where the two files are shifted
against each other so is the echo.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from callreview.audio.pair_offset import find_offset
from callreview.audio.prepared import PreparedAudio
from callreview.audio.replacing import replacing
from callreview.config.language import _
from callreview.domain.errors import UserError
from callreview.domain.recording import Damage

# Recorders of one call stop a moment apart.
_NOT_WORTH_A_WORD_S = 0.1
_MOST_DIFFERENCE_S, _MOST_DIFFERENCE = 1.0, 0.01
# An echo is late by this much at most: no shift of the files.
_LATEST_ECHO_S = 0.35
_BLOCK_FRAMES = 1 << 18


@dataclass(frozen=True)
class PreparedPair:
    """The prepared sound of a pair, and what the user should know of it ("" where nothing)."""

    audio: PreparedAudio
    note: str = ""


def in_step(prepared: PreparedAudio, sources: Sequence[Path]) -> PreparedPair:
    """Bring the channels of two mono files to one clock; other recordings stay as they are.

    Files of about one length (1 s or 1 %) are left as they start. Where one starts later, silence
    is put before it, and listed as damage, if the echo on the line shows it. Raises UserError when
    lengths differ and nothing shows how the files belong together; the prepared file stays then.
    """
    if len(sources) != 2 or prepared.channels != 2:
        return PreparedPair(prepared)
    first_s, second_s = prepared.source_lengths_s
    difference_s = abs(first_s - second_s)
    if difference_s < _NOT_WORTH_A_WORD_S:
        return PreparedPair(prepared)
    offset_s = find_offset(prepared)
    if offset_s is not None and abs(offset_s) > _LATEST_ECHO_S:
        return _shifted(prepared, sources, offset_s)
    most_s = max(_MOST_DIFFERENCE_S, _MOST_DIFFERENCE * max(first_s, second_s))
    if offset_s is None and difference_s > most_s:
        raise _too_different(prepared, sources)
    shorter, longer = (sources[0], sources[1]) if first_s < second_s else (sources[1], sources[0])
    note = _("{shorter} ends {seconds} s earlier than {longer}; silence was added at its end.")
    return PreparedPair(
        prepared,
        note.format(shorter=shorter.name, longer=longer.name, seconds=f"{difference_s:.1f}"),
    )


def _shifted(prepared: PreparedAudio, sources: Sequence[Path], offset_s: float) -> PreparedPair:
    """Put silence before the channel that starts later (the second where the offset is positive)."""
    later = 1 if offset_s > 0 else 0
    reason = _("{later} starts {seconds} s later than {earlier}, as the echo on the line shows")
    reason = reason.format(
        later=sources[later].name,
        earlier=sources[1 - later].name,
        seconds=f"{abs(offset_s):.1f}",
    )
    delays = [0, 0]
    delays[later] = round(abs(offset_s) * prepared.sample_rate)
    frames = max(
        delay + round(length_s * prepared.sample_rate)
        for delay, length_s in zip(delays, prepared.source_lengths_s, strict=True)
    )
    _write_delayed(prepared, delays, frames)
    moved = Damage(0.0, abs(offset_s), reason)
    audio = replace(prepared, frames=frames, damage=(moved, *prepared.damage))
    return PreparedPair(audio, _("{reason}; both were brought in step.").format(reason=reason))


def _write_delayed(prepared: PreparedAudio, delays: Sequence[int], frames: int) -> None:
    """Write the channels again, each late by some frames, `frames` in all."""
    with replacing(prepared.path) as file:
        for start in range(0, frames, _BLOCK_FRAMES):
            block = np.zeros((min(_BLOCK_FRAMES, frames - start), prepared.channels), "<i2")
            for channel, delay in enumerate(delays):
                first, last = (max(at - delay, 0) for at in (start, start + len(block)))
                part = prepared.samples()[first:last, channel]
                at = max(delay - start, 0)
                block[at : at + len(part), channel] = part
            file.write(block.tobytes())


def _too_different(prepared: PreparedAudio, sources: Sequence[Path]) -> UserError:
    first_s, second_s = prepared.source_lengths_s
    return UserError(
        _(
            "{first} is {first_s} s long and {second} {second_s} s: they differ by {difference} s, "
            "and the line carries no echo that shows where one starts in the other. Check that "
            "both belong to one call; export them from the same moment on, or import each alone."
        ).format(
            first=sources[0],
            first_s=f"{first_s:.1f}",
            second=sources[1],
            second_s=f"{second_s:.1f}",
            difference=f"{abs(first_s - second_s):.1f}",
        )
    )
