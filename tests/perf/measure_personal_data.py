"""Does every card number vanish, and does ordinary talk stay?

`python -m tests.perf.measure_personal_data [leaks]`. Card dialogues (`spoken_cards`): as text, and through voices, a
telephone line and the recogniser (`tests/data/card_speech`, made by `speak_cards` and `hear_cards`). A
number counts as found when not one word of it stays readable that is read as digits or holds a figure
("9S603", "$4.155"). Rules were improved on the dialogues
called "seen"; the others, which nobody looked at before the rules were done, are what counts. Then
dialogues by other hands: spoken and recognised, with codes and dates, and as text (`tests/data/card_talk`), with
numbers that have to stay. `leaks`:
list what stays readable of those that were seen, and every mask in ordinary talk.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Self

from callreview.analysis.personal_data.found import Found
from callreview.analysis.personal_data.mask import find_personal_data, mask_personal_data
from callreview.analysis.personal_data.spoken_numbers import read_tokens
from callreview.domain.personal_data import ALWAYS_HIDDEN
from callreview.domain.transcript import Role, Turn, Word
from tests.perf import personal_values
from tests.perf.ordinary_talk import SHARED, Talk, korean_lines, multidogo, sample_scripts, unmarked
from tests.perf.spoken_cards import Lines, as_misheard, as_written, spoken_english, spoken_korean
from tests.unit.card_dialogues import Dialogue

DIALOGUES = 400
UNSEEN = 10_000
"""Dialogues as text from this number on were not looked at; of those that were heard..."""
HEARD_SEEN = {"en": 160, "ko": 400}
"""...all from these on."""
HANDS = {"by_hands": 3100, "generators": 4000}
"""Dialogues by other hands, and by generators of other hands, that were heard: nobody looked at those from here on..."""
HANDS_LEARNT = 3000
"""...and the model learnt from those below."""
KIND_DIALOGUES = 200
HOUR_TURNS = 900
TOPICS = ("airline", "finance", "insurance", "media", "software")
DATA = Path(__file__).resolve().parents[1] / "data"
HEARD = DATA / "card_speech"
SPOKEN: dict[str, Callable[[Random], Lines]] = {"en": spoken_english, "ko": spoken_korean}


@dataclass(frozen=True)
class Case:
    """A dialogue and the words (turn, place) of it that hold digits or figures of the card."""

    name: str
    turns: Sequence[Turn]
    secret: frozenset[tuple[int, int]]

    def leaks(self) -> list[str]:
        """The words that stay readable although they hold digits or figures of the card."""
        masked, _ = mask_personal_data(self.turns)
        kept = {(word.start_s, word.text) for turn in masked for word in turn.words}
        words = [self.turns[turn].words[place] for turn, place in sorted(self.secret)]
        return [word.text for word in words if (word.start_s, word.text) in kept]


def text_cases(language: str, count: int, *, misheard: bool = False) -> Iterator[Case]:
    """Dialogues as text: every second one in words, the others as a recogniser may write them.

    `misheard`: with the recogniser's losses and confusions.
    """
    for seed in (*range(count), *range(UNSEEN, UNSEEN + count)):
        random = Random(f"text {language} {seed}")
        lines = SPOKEN[language](random)
        if misheard:
            lines = as_misheard(lines, random, language)
        elif seed % 4 >= 2:
            lines = as_written(lines, random, language)
        dialogue = Dialogue(language)
        for role, text in lines:
            dialogue.say("agent" if role == "agent" else "customer", text)
        yield Case(f"{language} {seed}", dialogue.turns, digits_in(dialogue.turns, dialogue.hidden))


@dataclass(frozen=True)
class Heard:
    """A dialogue as it was recognised, the seconds in which card data was said, and what data, where that is known."""

    number: int
    turns: Sequence[Turn]
    hidden: Sequence[Sequence[float]]
    kinds: Sequence[str] = ()

    def numbers_alone(self) -> Self | None:
        """The same without codes and dates; none where nobody knows which they are."""
        if not self.kinds:
            return None
        numbers = zip(self.hidden, self.kinds, strict=True)
        return replace(self, hidden=[seconds for seconds, kind in numbers if kind == "card"])

    def is_hidden(self, word: Word, edge_s: float = 0.0) -> bool:
        """Whether card data was said in the middle of the word, or so near to it."""
        middle_s = (word.start_s + word.end_s) / 2
        return any(a - edge_s <= middle_s <= b + edge_s for a, b in self.hidden)


def heard(name: str) -> Iterator[Heard]:
    """The recognised dialogues of a file of `tests/data/card_speech`."""
    for line in (HEARD / f"{name}.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        turns = [_turn(*turn) for turn in one["turns"]]
        yield Heard(one["seed"], turns, one["hidden"], one.get("kinds", ()))


def heard_cases(name: str, dialogues: Iterable[Heard]) -> Iterator[Case]:
    """Those of them in which figures were heard of a card; what was said while it was read out has to vanish."""
    for one in dialogues:
        places = {
            (number, place)
            for number, turn in enumerate(one.turns)
            for place, word in enumerate(turn.words)
            if one.is_hidden(word)
        }
        if secret := digits_in(one.turns, places):
            yield Case(f"{name} {one.number}", one.turns, secret)


def _turn(role: Role, language: str, words: Sequence[Sequence[object]]) -> Turn:
    said = tuple(
        Word(str(text), float(str(start_s)), float(str(end_s)), 0.9, bool(space))
        for text, start_s, end_s, space in words
    )
    return Turn(role, role, said[0].start_s, said[-1].end_s, said, language)


def digits_in(turns: Sequence[Turn], places: Set[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Those of the words that are read as digits or hold a figure."""
    read = {
        (number, place)
        for number, turn in enumerate(turns)
        for token in read_tokens(number, turn)
        if token.kind == "digits"
        for place in range(token.first, token.last + 1)
    }
    texts = {place: turns[place[0]].words[place[1]].text for place in places}
    return frozenset(
        place
        for place, text in texts.items()
        if any(map(str.isdecimal, text)) or (place in read and any(map(str.isalnum, text)))
    )


def show_recall(name: str, cases: Sequence[Case], unseen: int, *, leaks: bool) -> None:
    """One line: how many card numbers vanish whole, and the share of their words; seen and unseen."""
    seen = [case for case in cases if int(case.name.split()[-1]) < unseen]
    for case in seen:
        if leaks and (left := case.leaks()):
            print(f"  {case.name}: {left}")
            print("\n".join(f"      {turn.role}: {turn.text}" for turn in case.turns))
    others = [case for case in cases if case not in seen]
    print(f"{name:<34} {'   '.join(_recall(some) for some in (seen, others) if some)}")


def show_recall_of_hands(
    name: str, dialogues: Sequence[Heard], unseen: int, *, leaks: bool
) -> None:
    """Two lines: with codes and dates, and card numbers alone; of what the model learnt from nothing."""
    measured = [one for one in dialogues if one.number >= HANDS_LEARNT]
    show_recall(name, [*heard_cases(name, measured)], unseen, leaks=leaks)
    numbers = [one for dialogue in measured if (one := dialogue.numbers_alone())]
    show_recall(f"{name}, number", [*heard_cases(name, numbers)], unseen, leaks=False)


def _recall(cases: Sequence[Case]) -> str:
    left = [len(case.leaks()) for case in cases]
    found, words = left.count(0), sum(len(case.secret) for case in cases)
    whole, of_words = 100 * found / len(cases), 100 * (1 - sum(left) / words)
    return f"{found}/{len(cases)} = {whole:.1f} % ({of_words:.1f} % of words)"


def talk_by_hands(language: str) -> Iterator[tuple[int, Dialogue]]:
    """Dialogues that somebody wrote who knew neither rules nor generator, with the number of their set."""
    path = DATA / "card_talk" / f"{language}.jsonl"
    for line in path.read_text("utf-8").splitlines():
        one = json.loads(line)
        dialogue = Dialogue(language)
        for role, text in one["lines"]:
            dialogue.say(role, text)
        yield one["set"], dialogue


def show_talk(language: str, *, leaks: bool) -> None:
    """A line for each set: cards, codes and dates that vanish whole, and other numbers that are hidden as such."""
    sets: dict[int, list[Dialogue]] = defaultdict(list)
    for number, dialogue in talk_by_hands(language):
        sets[number].append(dialogue)
    for number, dialogues in sets.items():
        left, lost = [], []
        for dialogue in dialogues:
            masked, _ = mask_personal_data(dialogue.turns)
            leaking, taken = dialogue.leaks(masked), taken_for_cards(dialogue)
            left += [leaking] if dialogue.hidden else []
            lost += taken
            if leaks and (leaking or taken):
                print(f"  {leaking} lost {taken}\n{dialogue}")
        hidden = sum(len(dialogue.hidden) for dialogue in dialogues)
        kept = sum(len(dialogue.kept) for dialogue in dialogues)
        print(
            f"{language} set {number}: {left.count([])}/{len(left)} whole, "
            f"{100 * (1 - sum(map(len, left)) / hidden):.1f} % of words; "
            f"{len(lost)} of {kept} other numbers hidden as card data"
        )


def taken_for_cards(dialogue: Dialogue) -> list[str]:
    """The other numbers that are hidden as card data."""
    found = [one for one in find_personal_data(dialogue.turns) if one.kind in ALWAYS_HIDDEN]
    places = {(one.turn, word) for one in found for word in range(one.first, one.last + 1)}
    return [dialogue.turns[turn].words[word].text for turn, word in sorted(dialogue.kept & places)]


def show_kinds(*, leaks: bool) -> None:
    """Two lines for each language and kind: what vanishes of made-up data, and what is lost beside it."""
    for language, kinds in (("en", personal_values.ENGLISH), ("ko", personal_values.KOREAN)):
        for name, make in kinds.items():
            found, lost = 0, 0
            for seed in range(KIND_DIALOGUES):
                dialogue = Dialogue(language)
                for role, text in make(Random(f"{name} {seed}")):
                    dialogue.say("agent" if role == "agent" else "customer", text)
                masked, _ = mask_personal_data(dialogue.turns)
                left = dialogue.leaks(masked)
                found += not left
                lost += bool(dialogue.losses(masked))
                if leaks and (left or dialogue.losses(masked)):
                    print(f"  {left} lost {dialogue.losses(masked)}\n{dialogue}")
            share = 100 * found / KIND_DIALOGUES
            print(f"{language} {name:<31} {share:5.1f} %  with another number lost: {lost}")


def show_false(*, every: bool) -> None:
    """Masks on words that are no personal data, in dialogues that people have marked."""
    for name, talks in (
        ("MultiDoGO (customers' side)", [t for topic in TOPICS for t in multidogo(topic)]),
        ("sample calls (scripts)", [*sample_scripts()]),
        ("Korean talk (songys)", [*korean_lines()]),
    ):
        false = [f"  {talk.name}: {said}" for talk in talks for said in _false(talk)]
        print(f"{name:<34} {len(false)} false masks in {len(talks)} calls")
        if every:
            print("\n".join(false))


def _false(talk: Talk) -> Iterator[str]:
    for one in find_personal_data(talk.turns):
        places = {(one.turn, place) for place in range(one.first, one.last + 1)}
        if talk.personal is not None and not places & talk.personal:
            yield _said(talk, one)


def _said(talk: Talk, one: Found) -> str:
    turn = talk.turns[one.turn]
    words = " ".join(word.text for word in turn.words[one.first : one.last + 1])
    return f"{one.kind}: {words} | {turn.text[:100]}"


def show_unmarked(*, every: bool) -> None:
    """How much is masked where nobody has marked anything: to be judged by eye."""
    talks = [*unmarked()]
    masks = [f"  {t.name}: {_said(t, one)}" for t in talks for one in find_personal_data(t.turns)]
    print(f"{'unmarked calls':<34} {len(masks)} masks in {len(talks)} calls")
    if every:
        print("\n".join(masks))


def show_speed() -> None:
    """Processor seconds for the turns of an hour's call."""
    turns = [turn for talk in unmarked() for turn in talk.turns][:HOUR_TURNS]
    mask_personal_data(turns)
    start_s = time.process_time()
    mask_personal_data(turns)
    print(f"{len(turns)} turns: {time.process_time() - start_s:.2f} s")


def main(*, leaks: bool) -> None:
    """Print the table."""
    print("card numbers of which no digit stays readable: seen, unseen")
    for language in SPOKEN:
        text = [*text_cases(language, DIALOGUES)]
        show_recall(f"{language} as text", text, UNSEEN, leaks=leaks)
        noisy = [*text_cases(language, DIALOGUES, misheard=True)]
        show_recall(f"{language} as text, misheard", noisy, UNSEEN, leaks=leaks)
        cases = [*heard_cases(language, heard(language))]
        show_recall(f"{language} spoken and recognised", cases, HEARD_SEEN[language], leaks=leaks)
        for hands, unseen in HANDS.items():
            dialogues = [*heard(f"{language}.{hands}")]
            show_recall_of_hands(f"{language} {hands}, spoken", dialogues, unseen, leaks=leaks)
    print("\ncards, codes and dates in dialogues by other hands")
    for language in SPOKEN:
        show_talk(language, leaks=leaks)
    print(f"\nother kinds, {KIND_DIALOGUES} made-up dialogues each: all of it vanishes")
    show_kinds(leaks=leaks)
    if SHARED.is_dir():
        print("\nordinary talk")
        show_false(every=leaks)
        show_unmarked(every=leaks)
        show_speed()


if __name__ == "__main__":
    main(leaks="leaks" in sys.argv)
