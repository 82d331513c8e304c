"""How often agent and customer are told apart, and whether the confidence tells the truth.

Every dialogue of `role_dialogues` is heard whole and in harder ways: recorded from after the
greeting, from its middle, three lines alone, told apart by
voice with words given to the wrong person, opened by the customer's "Hello?", and without case and punctuation.
The phrases were improved on one half of the dialogues ("seen", every second one); the other half
("unseen") is what counts. The contacts follow one template, so they are also left out once ("all
others"). Argument `wrong`: list the dialogues that come out wrong.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

from callreview.domain.call import CallMetadata
from callreview.domain.transcript import Role
from callreview.speech.recognised import ChannelWords, HeardWord
from callreview.speech.speakers import assign_roles
from tests.perf.role_dialogues import Dialogue, Line, as_heard, dialogues

MIXED_UP = 0.05
BINS = (0.0, 0.6, 0.75, 0.9, 0.97, 1.01)


def ways(dialogue: Dialogue) -> Iterator[tuple[str, Sequence[Line]]]:
    """The dialogue as it may be recorded."""
    lines = dialogue.lines
    yield "whole", lines
    if lines[0].words == ():
        yield "customer first", (Line("customer", "Hello?"), *lines)
    yield "plain", [Line(line.role, _plain(line.text)) for line in lines]
    late = next(n for n, line in enumerate(lines) if line.role == "customer")
    yield "no greeting", lines[max(late, 1) :]
    quarter = len(lines) // 4
    yield "middle", lines[quarter : len(lines) - quarter]
    yield "voices mixed up", lines
    yield "three lines", lines[quarter : quarter + 3]


def _mixed_up(channels: Sequence[ChannelWords], chance: Random) -> list[ChannelWords]:
    """The voices as told apart on one channel, with one word in 20 given to the wrong one."""
    said: list[list[HeardWord]] = [[], []]
    for number, channel in enumerate(channels):
        for word in channel.words:
            said[number ^ (chance.random() < MIXED_UP)].append(word)
    return [
        replace(channel, channel=None, words=tuple(sorted(words, key=lambda word: word.start_s)))
        for channel, words in zip(channels, said, strict=True)
    ]


def _plain(text: str) -> str:
    kept = "".join(c if c.isalnum() or c.isspace() or c == "'" else " " for c in text.lower())
    return kept if kept.strip() else text


class Tally:
    """Right and wrong answers with their confidence."""

    def __init__(self) -> None:
        self.answers: list[tuple[bool, float]] = []

    def add(self, right: bool, confidence: float) -> None:
        """Count an answer."""
        self.answers.append((right, confidence))

    @property
    def line(self) -> str:
        """Share right and how many."""
        right = sum(right for right, _confidence in self.answers)
        return f"{right / len(self.answers):7.1%} of {len(self.answers)}"


def measure(found: Sequence[Dialogue], show_wrong: bool) -> dict[tuple[str, ...], Tally]:
    """Answers by half, group or language, and way."""
    tallies: dict[tuple[str, ...], Tally] = defaultdict(Tally)
    for number, dialogue in enumerate(found):
        half = "seen" if number % 2 == 0 else "unseen"
        for way, lines in ways(dialogue):
            if {line.role for line in lines} != {"agent", "customer"}:
                continue
            right, confidence = _told_apart(dialogue, number, way, lines)
            for group in _groups(dialogue):
                tallies[half, group, way].add(right, confidence)
            tallies[half, "calibration", ""].add(right, confidence)
            if show_wrong and not right and half == "seen":
                _print_wrong(f"{dialogue.group} {way} {confidence:.2f}", lines)
    return tallies


def _told_apart(
    dialogue: Dialogue, number: int, way: str, lines: Sequence[Line]
) -> tuple[bool, float]:
    """Whether agent and customer come out right, and how sure that is said to be."""
    # The agent's channel changes, so that the order of channels cannot help.
    first: Role = "agent" if number % 4 < 2 else "customer"
    channels = as_heard(lines, dialogue.language, first)
    if way == "voices mixed up":
        channels = _mixed_up(channels, Random(number))
    speakers = assign_roles(channels, CallMetadata("call"))
    right = speakers[0].role == first and speakers[1].role not in (first, "unknown")
    return right, speakers[0].confidence


def _groups(dialogue: Dialogue) -> list[str]:
    others = ["all others"] if dialogue.group != "contacts" else []
    return [dialogue.group, dialogue.language, "all", *others]


def _print_wrong(title: str, lines: Sequence[Line]) -> None:
    print(f"\n{title}", file=sys.stderr)
    for line in lines:
        print(f"  {line.role}: {line.text}", file=sys.stderr)


def alone(found: Sequence[Dialogue]) -> dict[tuple[str, str], Counter[str]]:
    """What becomes of one side of a call alone, and of both people on one channel."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for number, dialogue in enumerate(found):
        half = "seen" if number % 2 == 0 else "unseen"
        channels = as_heard(dialogue.lines, dialogue.language, "agent")
        words = sorted((w for c in channels for w in c.words), key=lambda word: word.start_s)
        both = replace(channels[0], words=tuple(words))
        for name, one in (("agent", channels[0]), ("customer", channels[1]), ("both", both)):
            counts[half, name][assign_roles([one], CallMetadata("call"))[0].role] += 1
    return counts


def main() -> None:
    """Print the tables."""
    tallies = measure(dialogues(), "wrong" in sys.argv[1:])
    for half in ("seen", "unseen"):
        for key, tally in sorted(tallies.items()):
            if key[0] == half and key[1] != "calibration":
                print(f"{half:7} {key[1]:13} {key[2]:15} {tally.line}")
    print("\none voice on one channel is called")
    for (half, name), counts in sorted(alone(dialogues()).items()):
        print(f"{half:7} {name:9} {dict(counts)}")
    print("\nconfidence   mean  right (unseen)")
    answers = tallies["unseen", "calibration", ""].answers
    for low, high in pairwise(BINS):
        inside = [a for a in answers if low <= a[1] < high]
        if inside:
            mean = sum(c for _r, c in inside) / len(inside)
            right = sum(r for r, _c in inside) / len(inside)
            print(f"{low:.2f}..{min(high, 1):.2f}   {mean:.2f}   {right:6.1%} of {len(inside)}")


if __name__ == "__main__":
    main()
