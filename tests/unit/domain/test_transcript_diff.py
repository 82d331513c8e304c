"""Two versions of a transcript compared."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.transcript import Transcript
from callreview.domain.transcript_diff import Comparison, compare
from tests.unit.spoken_words import OTHER_WORDS, one_turn, transcript

SEEDS = st.integers(0, 10_000)


def kinds(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [
        (p.kind, " ".join(w.text for w in p.old), " ".join(w.text for w in p.new))
        for turn in comparison.turns
        for p in turn.pieces
    ]


def counts(c: Comparison) -> tuple[int, int, int, int]:
    return c.same, c.changed, c.added, c.removed


def words(spoken: Transcript) -> list[str]:
    return [word.text for turn in spoken.turns for word in turn.words]


@given(SEEDS)
def test_a_version_does_not_differ_from_itself(seed):
    spoken = transcript(seed)
    compared = compare(spoken, spoken)
    assert counts(compared) == (len(words(spoken)), 0, 0, 0)
    assert [one.turn for one in compared.turns] == list(spoken.turns)
    assert not any(one.differs for one in compared.turns)


@given(SEEDS, SEEDS, st.sampled_from([1, 2]))
def test_every_word_of_both_versions_is_shown_once(old_seed, new_seed, voices):
    old, new = transcript(old_seed), transcript(new_seed, words=OTHER_WORDS[:8], voices=voices)
    compared = compare(old, new)
    pieces = [piece for turn in compared.turns for piece in turn.pieces]
    assert sorted(w.text for p in pieces for w in p.old) == sorted(words(old))
    assert sorted(w.text for p in pieces for w in p.new) == sorted(words(new))


def test_changed_added_and_removed_words_are_told_apart_and_counted():
    old = one_turn("I bought a coffee machine from you three weeks ago")
    new = one_turn("well I bought a toffee machine from you weeks ago")
    compared = compare(old, new)
    assert kinds(compared) == [
        ("added", "", "well"),
        ("same", "I bought a", "I bought a"),
        ("changed", "coffee", "toffee"),
        ("same", "machine from you", "machine from you"),
        ("removed", "three", ""),
        ("same", "weeks ago", "weeks ago"),
    ]
    assert counts(compared) == (8, 1, 1, 1)
    assert compared.turns[0].pieces[2].start_s == new.turns[0].words[4].start_s


def test_case_punctuation_and_spaces_are_no_difference():
    compared = compare(
        one_turn("hello there 환불 해주세요"), one_turn("Hello, there! 환불해 주세요.")
    )
    assert not any(turn.differs for turn in compared.turns)
    assert compared.same == 4


def test_a_turn_that_is_gone_stands_at_its_time_as_removed():
    old = one_turn("first words here", "nobody hears this now", "last words here")
    new = replace(old, turns=(old.turns[0], old.turns[2]))
    compared = compare(old, new)
    assert [one.turn.text for one in compared.turns] == [turn.text for turn in old.turns]
    assert [p.kind for p in compared.turns[1].pieces] == ["removed"]
    assert counts(compared) == (6, 0, 0, 4)


def test_a_turn_that_moved_between_others_is_no_difference():
    spoken = transcript(3)
    turns = spoken.turns
    swapped = replace(spoken, turns=(turns[1], turns[0], *turns[2:]))
    assert counts(compare(spoken, swapped)) == (len(words(spoken)), 0, 0, 0)


def test_versions_with_other_speakers_are_compared_word_by_word():
    spoken = transcript(4)
    alone = replace(spoken, turns=tuple(replace(turn, speaker="X") for turn in spoken.turns))
    assert counts(compare(spoken, alone)) == (len(words(spoken)), 0, 0, 0)


def test_an_empty_version_has_everything_removed_or_added():
    empty, spoken = Transcript("", (), (), {}), one_turn("hello there")
    assert counts(compare(spoken, empty)) == (0, 0, 0, 2)
    assert counts(compare(empty, spoken)) == (0, 0, 2, 0)
    assert counts(compare(empty, empty)) == (0, 0, 0, 0)
