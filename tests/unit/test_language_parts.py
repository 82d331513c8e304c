from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.talk_metrics import Interval
from callreview.speech.language_parts import parts_by_language, two_languages
from callreview.speech.windows import Window

BOTH = ("de", "en")


def window(*lengths_s: float) -> Window:
    """A window of pieces, a second of pause between them."""
    pieces, at_s = [], 0.0
    for length_s in lengths_s:
        pieces.append(Interval(at_s, at_s + length_s))
        at_s += length_s + 1.0
    return Window(tuple(pieces))


def test_a_window_is_in_two_languages_when_the_second_is_likely_too() -> None:
    assert two_languages({"de": 0.6, "en": 0.39, "cy": 0.01}, {"en", "de"}) == ("de", "en")
    assert two_languages({"de": 0.9, "en": 0.1}, {"en", "de"}) is None
    assert two_languages({"en": 1.0}, {"en"}) is None


def test_an_unsure_window_does_not_bring_a_language_into_the_call() -> None:
    assert two_languages({"en": 0.5, "ms": 0.4}, {"en"}) is None


def test_a_change_of_language_cuts_the_window_there() -> None:
    english, german = {"en": 0.9, "de": 0.1}, {"en": 0.2, "de": 0.7}
    parts = parts_by_language(window(3, 4, 5), BOTH, [english, english, german])
    assert [(len(part.pieces), code) for part, code in parts] == [(2, "en"), (1, "de")]


def test_a_piece_too_short_to_tell_follows_the_one_before() -> None:
    english, german = {"en": 0.9, "de": 0.1}, {"en": 0.2, "de": 0.7}
    parts = parts_by_language(window(0.5, 3, 0.5, 4), BOTH, [german, english, german, german])
    assert [(len(part.pieces), code) for part, code in parts] == [(3, "en"), (1, "de")]


@given(st.lists(st.tuples(st.floats(0.2, 9), st.floats(0, 1)), min_size=1, max_size=20))
def test_every_piece_is_in_one_part_and_neighbours_differ(
    pieces: list[tuple[float, float]],
) -> None:
    whole = window(*(length_s for length_s, _p in pieces))
    parts = parts_by_language(whole, BOTH, [{"en": p, "de": 1 - p} for _length, p in pieces])
    assert tuple(piece for part, _code in parts for piece in part.pieces) == whole.pieces
    codes = [code for _part, code in parts]
    assert all(left != right for left, right in pairwise(codes))
