"""Dialogues as turns, a word every third of a second, and the labelled sets of understanding."""

from collections.abc import Sequence
from pathlib import Path

from callreview.domain.transcript import Role, Speaker, Transcript, Turn, Word

LABELLED = Path(__file__).parents[1] / "data" / "understanding"
WORD_S = 0.35


def turns_of(lines: Sequence[tuple[Role, str]]) -> tuple[Turn, ...]:
    """A turn for each line that has words; the speaker has the name of the role."""
    turns, at_s = [], 0.0
    for role, text in lines:
        words = []
        for word in text.split():
            words.append(Word(word, at_s, at_s + 0.3, 1.0))
            at_s += WORD_S
        turns.append(Turn(role, role, words[0].start_s if words else at_s, at_s, tuple(words)))
        at_s += 0.5
    return tuple(turns)


def transcript_of(lines: Sequence[tuple[Role, str]]) -> Transcript:
    """A transcript of two channels."""
    speakers = tuple(Speaker(role, role, n) for n, role in enumerate(dict(lines)))
    return Transcript("en", speakers, turns_of(lines), {})


def labelled(name: str) -> list[list[str]]:
    """The rows of a labelled set, such as "promise.en"."""
    lines = (LABELLED / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def spoken(text: str) -> list[tuple[Role, str]]:
    """Lines of "A: words C: words" as turns of agent and customer."""
    lines: list[tuple[Role, str]] = []
    for word in text.split():
        if word in ("A:", "C:"):
            lines.append(("agent" if word == "A:" else "customer", ""))
        else:
            role, said = lines[-1]
            lines[-1] = (role, f"{said} {word}".strip())
    return lines
