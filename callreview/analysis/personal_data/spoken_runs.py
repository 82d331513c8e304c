"""Runs of digits: what one speaker says in a row, over one turn or several."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from callreview.analysis.personal_data.card_check import LONGEST_CARD, SHORTEST_CARD, card_in
from callreview.analysis.personal_data.number_context import NumberContext
from callreview.analysis.personal_data.spoken_numbers import Token, read_tokens
from callreview.domain.transcript import Turn

SOFT_GAP = 6
"""Other words inside a card number that was asked for ("that's the first part")."""

FULL_CARD_DIGITS = 15
"""What has so many digits lacks no further part in a later turn."""

SHORTEST_PART = 2
"""A single "one" between other words is no part of a card number."""

MOST_WORDS_AROUND_ECHO = 4


@dataclass(frozen=True)
class Run:
    """Digits in a row and the sounds between them; begins and ends with digits."""

    speaker: str
    tokens: tuple[Token, ...]

    @property
    def digits(self) -> str:
        """The likeliest digits."""
        return "".join(token.digits for token in self.tokens)

    def spoken(self) -> Iterator[Token]:
        """The tokens without the sounds before and after the digits in each turn."""
        for _, group in groupby(self.tokens, key=lambda token: token.turn):
            tokens = list(group)
            places = [n for n, token in enumerate(tokens) if token.kind == "digits"]
            yield from tokens[places[0] : places[-1] + 1] if places else ()

    def by_turn(self) -> Iterator["Run"]:
        """What is said of it in each turn."""
        for _turn, tokens in groupby(self.tokens, key=lambda token: token.turn):
            yield from _run(self.speaker, list(tokens))

    @property
    def turn(self) -> int:
        """The turn in which the run begins."""
        return self.tokens[0].turn

    @property
    def last_turn(self) -> int:
        """The turn in which the run ends."""
        return self.tokens[-1].turn


class SpokenRuns:
    """The tokens of a call and the runs of digits in them."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = turns
        self.context = NumberContext(turns)
        self.tokens = [read_tokens(number, turn) for number, turn in enumerate(turns)]
        speakers = dict.fromkeys(turn.speaker for turn in turns)
        self.runs = [run for speaker in speakers for run in self._runs_of(speaker)]

    def asks_for_card(self, run: Run) -> bool:
        """Whether the run is the answer to a question for a card number."""
        return "card" in self.context.subjects(run.turn, run.tokens[0].first)

    def joined(self) -> Iterator[Run]:
        """The runs; parts of a card number that was asked for are one run."""
        held: Run | None = None
        for run in self.runs:
            if held is not None and self._belong_together(held, run):
                held = Run(held.speaker, held.tokens + run.tokens)
                continue
            if held is not None:
                yield held
            held = run
        if held is not None:
            yield held

    def _runs_of(self, speaker: str) -> Iterator[Run]:
        held: list[Token] = []
        for turn in (n for n, turn in enumerate(self.turns) if turn.speaker == speaker):
            if held and not self._continues(held, turn):
                yield from _run(speaker, held)
                held = []
            for token in self.tokens[turn]:
                if token.kind in ("other", "date"):
                    yield from _run(speaker, held)
                    held = []
                elif held or token.kind == "digits":
                    held.append(token)
        yield from _run(speaker, held)

    def _continues(self, held: Sequence[Token], turn: int) -> bool:
        """Whether the digits said so far may go on in this turn; a whole card number does not."""
        before = held[-1].turn
        parts = ([token for token in held if token.turn == before], self.tokens[turn])
        whole = any(sum(len(t.digits) for t in part) >= SHORTEST_CARD for part in parts)
        return not whole and self._goes_on(held[0], before, turn)

    def _goes_on(self, first: Token, before: int, after: int) -> bool:
        """Whether a number may go on from turn `before` to turn `after` of the same speaker."""
        for_card = "card" in self.context.subjects(first.turn, first.first)
        return all(
            self.context.is_prompt(between, for_card=for_card) or self._says_again(between)
            for between in range(before + 1, after)
            if self.turns[between].speaker != self.turns[before].speaker
        )

    def _says_again(self, turn: int) -> bool:
        """Whether the turn repeats digits, as in "sorry, was that one two three?"."""
        kinds = [token.kind for token in self.tokens[turn]]
        again = "digits" in kinds and not self.context.names_another(turn)
        return kinds.count("other") <= (MOST_WORDS_AROUND_ECHO if again else 0)

    def _belong_together(self, one: Run, two: Run) -> bool:
        full = LONGEST_CARD if one.last_turn == two.turn else FULL_CARD_DIGITS
        if one.speaker != two.speaker or len(one.digits) >= full:
            return False
        if min(len(one.digits), len(two.digits)) < SHORTEST_PART:
            return False
        if not (self.asks_for_card(one) and self.asks_for_card(two)) or card_in(one.tokens):
            return False
        between = self._between(one, two)
        return between <= SOFT_GAP and self._goes_on(one.tokens[0], one.last_turn, two.turn)

    def _between(self, one: Run, two: Run) -> int:
        """How many other words the speaker says between the two runs, counted no further than matters."""
        end, start = one.tokens[-1], two.tokens[0]
        words = (
            token
            for turn in range(end.turn, start.turn + 1)
            if self.turns[turn].speaker == one.speaker
            for token in self._tokens_of(turn, end, start)
            if token.kind == "other"
        )
        return sum(1 for _word in islice(words, SOFT_GAP + 1))

    def _tokens_of(self, turn: int, end: Token, start: Token) -> Sequence[Token]:
        """The tokens of the turn that stand behind `end` and before `start`."""
        tokens = self.tokens[turn]
        first = bisect_right(tokens, end.last, key=_first) if turn == end.turn else 0
        last = bisect_left(tokens, start.first, key=_first) if turn == start.turn else len(tokens)
        return tokens[first:last]


def _first(token: Token) -> int:
    return token.first


def _run(speaker: str, tokens: Sequence[Token]) -> Iterator[Run]:
    """The run that the tokens make, if any, without what follows its last digits."""
    last = max((n for n, token in enumerate(tokens) if token.kind == "digits"), default=-1)
    if last >= 0:
        yield Run(speaker, tuple(tokens[: last + 1]))
