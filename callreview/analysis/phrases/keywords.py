"""Finding the phrases of keyword lists in what was said.

English and its like match whole words. Korean phrases match from the start of a word on and
whatever its spacing, so that particles and endings may follow: 환불 in "환불을", "환불해 주세요";
`korean_forms` says what else. All phrases are looked for at once in all turns, so thousands of them
cost hardly more than one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from callreview.analysis.phrases.keyword_lists import (
    KeywordList,
    ListRole,
    list_to_data,
    load_shipped_lists,
    parse_list,
    read_list,
)
from callreview.analysis.phrases.korean_forms import FIRST_PARTS, bare_word, spoken_forms
from callreview.analysis.phrases.near_syllables import NearSyllables
from callreview.analysis.phrases.near_words import NearWords
from callreview.analysis.phrases.patterns import (
    Automaton,
    Found,
    Pattern,
    searched,
    spoken_patterns,
)
from callreview.analysis.phrases.spelling import (
    SpelledTurns,
    spell_run_together,
    spell_words,
    spelled_words,
)
from callreview.analysis.talk.extent import Extent, talk_extent
from callreview.analysis.word_times import WordTimes
from callreview.domain.transcript import Hit, Turn

__all__ = [
    "KeywordList",
    "ListRole",
    "PhraseSpotter",
    "list_to_data",
    "load_shipped_lists",
    "parse_list",
    "read_list",
]

DEFINITION = "phrases-1"
"""The version of the rules by which phrases are found."""

FREE_ENDINGS = ("ko",)
"""Languages that put endings onto words and are spaced differently by different people."""

_FoundInTurns = dict[int, list[Found]]


class PhraseSpotter:
    """Finds the phrases of many keyword lists in turns; building it costs more than using it."""

    def __init__(self, lists: Iterable[KeywordList]) -> None:
        every = tuple(lists)
        free = [one for one in every if one.language in FREE_ENDINGS]
        whole = [one for one in every if one.language not in FREE_ENDINGS]
        self._whole_words = searched(_whole_word_keys(whole))
        self._word_starts = searched(_word_start_keys(free))
        self._plain = any(phrase.isascii() for one in free for phrase in one.phrases)
        self._near = (NearWords(whole), NearSyllables(free))

    def find(
        self, turns: Sequence[Turn], extent: Extent | None = None
    ) -> tuple[tuple[Hit, ...], ...]:
        """The hits in each of a call's turns, by place.

        `extent` is the talk of the call where `turns` are only some of it. A hit inside a longer one of its own list is left out, and so are those of a list that
        is looked for elsewhere in the call.
        """
        texts = [turn.text for turn in turns]
        found = self._search(texts)
        talk = extent or talk_extent(turns)
        return tuple(
            _hits(turn, text, found[number], talk) if number in found else ()
            for number, (turn, text) in enumerate(zip(turns, texts, strict=True))
        )

    def _search(self, texts: Sequence[str]) -> _FoundInTurns:
        words = [spelled_words(text) for text in texts]
        found: _FoundInTurns = defaultdict(list)
        if self._whole_words is not None:
            _add_whole_words(found, self._whole_words, SpelledTurns(texts, words, " "))
        if self._word_starts is not None:
            for own in self._korean(texts, words):
                _add_word_starts(found, self._word_starts, SpelledTurns(texts, own, ""))
        for near in self._near:
            for turn, one in near.find(texts, words):
                found[turn].append(one)
        return found

    def _korean(
        self, texts: Sequence[str], words: Sequence[list[str]]
    ) -> Iterator[Sequence[Sequence[str]]]:
        """The words of turns that may hold a Korean phrase, as they are and without particles."""
        asked = [self._plain or not text.isascii() for text in texts]
        if any(asked):
            own = [each if ask else [] for each, ask in zip(words, asked, strict=True)]
            yield own
            yield [[bare_word(word) for word in each] for each in own]


def _whole_word_keys(lists: Iterable[KeywordList]) -> Iterator[tuple[str, Pattern]]:
    for one in lists:
        for pattern, spoken in spoken_patterns(one):
            yield spell_words(spoken), pattern


def _word_start_keys(lists: Iterable[KeywordList]) -> Iterator[tuple[str, Pattern]]:
    for one in lists:
        for pattern, spoken in spoken_patterns(one):
            for form in spoken_forms(spoken):
                yield spell_run_together(form), pattern


def _add_whole_words(found: _FoundInTurns, searched: Automaton, spelled: SpelledTurns) -> None:
    for last, (length, patterns) in searched.iter(spelled.text):
        # A key has a space on either side.
        first = last - length + 2
        turn = spelled.turn_of(spelled.word_at(first))
        start, end = spelled.source(turn, first, last - 1)
        found[turn] += [Found(pattern, start, end) for pattern in patterns]


def _add_word_starts(found: _FoundInTurns, searched: Automaton, spelled: SpelledTurns) -> None:
    for last, (length, patterns) in searched.iter(spelled.text):
        first = last - length + 1
        word = spelled.word_at(first)
        before = spelled.text[spelled.places[word] : first]
        if before and before not in FIRST_PARTS:
            continue
        turn = spelled.turn_of(word)
        start, end = spelled.source(turn, first, last)
        found[turn] += [Found(pattern, start, end) for pattern in patterns]


def _hits(turn: Turn, text: str, found: Sequence[Found], extent: Extent) -> tuple[Hit, ...]:
    ours = [
        one
        for one in found
        if (one.pattern.source.role in ("any", turn.role) or turn.role == "unknown")
        and (not one.pattern.literal or one.pattern.is_literally(text, one.start, one.end))
    ]
    if not ours:
        return ()
    times = WordTimes(turn)
    hits = (_hit(one, times) for one in _longest(ours))
    return tuple(hit for hit, one in hits if extent.holds(one.pattern.source, hit))


def _hit(one: Found, times: WordTimes) -> tuple[Hit, Found]:
    source, phrase = one.pattern.source.name, one.pattern.phrase
    place = times.between(one.start, one.end)
    return Hit(source, phrase, *place, one.start, one.end, one.near), one


def _longest(found: Sequence[Found]) -> list[Found]:
    """The hits that no exclusion and no better hit of the same list covers, by place."""
    by_list: dict[str, list[Found]] = {}
    for one in found:
        by_list.setdefault(one.pattern.source.name, []).append(one)
    kept = {
        (name, one.start, one.end): one
        for name, ours in by_list.items()
        for one in reversed(ours)
        if not one.pattern.excluded
        and (len(ours) == 1 or not any(_covers(other, one) for other in ours))
    }
    return sorted(kept.values(), key=lambda one: (one.start, one.end))


def _covers(one: Found, other: Found) -> bool:
    """Whether `one` keeps `other`, of the same list, from being a hit."""
    longer = one.end - one.start > other.end - other.start
    if other.near and not one.pattern.excluded:
        better = not one.near or longer
        return better and one.start < other.end and other.start < one.end
    inside = one.start <= other.start and other.end <= one.end
    return inside and (one.pattern.excluded or (longer and not one.near))
