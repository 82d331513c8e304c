"""What is unsure about a call, in words: shown with a shape or a text, never by colour alone."""

from collections.abc import Mapping

from callreview.config.language import _, ngettext
from callreview.domain.transcript import Transcript, Turn, Word
from callreview.services.sound_notes import describe_sound

LOW_CONFIDENCE = 0.5
"""Words under this confidence are underlined: about 2 in 100 words of a clear call."""

LOW_SPEAKER_CONFIDENCE = 0.7
SHORTEST_OVERLAP_S = 0.3


def is_unsure(word: Word) -> bool:
    """Whether a word is shown as unsure."""
    return word.confidence < LOW_CONFIDENCE


def marks_of(turn: Turn) -> tuple[str, ...]:
    """What stands beside a turn's name, in words."""
    marks = []
    if turn.speaker_confidence < LOW_SPEAKER_CONFIDENCE:
        marks.append(_("speaker unsure"))
    if turn.overlap_s >= SHORTEST_OVERLAP_S:
        marks.append(_("overlaps"))
    return tuple(marks)


def unsure_text(word: Word) -> str:
    """What is told about a word that is unsure."""
    return _("Unsure: heard with a confidence of {percent}").format(
        percent=f"{word.confidence:.0%}"
    )


def read_aloud(turn: Turn, estimated: bool) -> list[str]:
    """What a screen reader says of a turn's certainty."""
    parts = [_("speaker estimated")] if estimated else []
    parts += marks_of(turn)
    count = sum(is_unsure(word) for word in turn.words)
    if count:
        parts.append(
            ngettext("{count} unsure word", "{count} unsure words", count).format(count=count)
        )
    return parts


def notices_of(transcript: Transcript) -> list[str]:
    """What a reviewer should know before trusting who says what, one sentence each."""
    notices = []
    if transcript.roles_unsure:
        if any(speaker.role in ("agent", "customer") for speaker in transcript.speakers):
            notices.append(_("Not sure who is the agent: Ctrl+Shift+W swaps."))
        else:
            notices.append(_("Nobody is known to be the agent: R on a turn says who speaks."))
    if len(transcript.speakers) > 1 and any(s.estimated for s in transcript.speakers):
        notices.append(_("~ Speakers were told apart by voice (estimated)."))
    if transcript.voices_alike:
        notices.append(_("The voices are alike: check who says what."))
    return notices + describe_sound(transcript.sound_notes)


def dropped_lines(dropped: Mapping[str, int]) -> list[str]:
    """What was recognised and left out, a line for each reason."""
    return [_dropped(reason, count) for reason, count in dropped.items() if count]


def _dropped(reason: str, count: int) -> str:
    texts = {
        "loop": ngettext(
            "{count} word repeated by the recogniser",
            "{count} words repeated by the recogniser",
            count,
        ),
        "invented": ngettext(
            "{count} word guessed where nobody speaks",
            "{count} words guessed where nobody speaks",
            count,
        ),
        "bleed": ngettext(
            "{count} word heard over from another channel",
            "{count} words heard over from another channel",
            count,
        ),
    }
    other = ngettext("{count} other word", "{count} other words", count)
    return texts.get(reason, other).format(count=count)
