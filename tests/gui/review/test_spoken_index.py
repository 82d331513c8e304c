from hypothesis import given
from hypothesis import strategies as st

from callreview.domain.transcript import Turn, Word
from callreview.ui.review.spoken_index import NOTHING, Spoken, SpokenIndex

times = st.floats(0, 100, allow_nan=False)


def _turn(start_s, length_s):
    words = tuple(
        Word("w", start_s + n * length_s / 4, start_s + (n + 1) * length_s / 4, 1.0)
        for n in range(4)
    )
    return Turn("a", "agent", start_s, start_s + length_s, words)


turns = st.lists(st.tuples(times, st.floats(0.1, 30)), max_size=20).map(
    lambda pairs: tuple(_turn(start, length) for start, length in sorted(pairs))
)


def _slowly(all_turns, seconds):
    """The same rule by looking at everything."""
    covering = [n for n, t in enumerate(all_turns) if t.start_s <= seconds < t.end_s]
    if not covering:
        return NOTHING
    row = covering[-1]
    started = [n for n, w in enumerate(all_turns[row].words) if w.start_s <= seconds]
    return Spoken(row, started[-1] if started else -1)


@given(turns, times)
def test_the_binary_search_finds_what_a_full_search_finds(all_turns, seconds):
    assert SpokenIndex(all_turns).at(seconds) == _slowly(all_turns, seconds)


def test_after_an_interjection_the_longer_turn_is_spoken_again():
    long, short = _turn(0.0, 20.0), _turn(5.0, 1.0)
    index = SpokenIndex((long, short))
    assert index.at(5.5).row == 1
    assert index.at(7.0).row == 0


def test_in_a_pause_nothing_is_spoken():
    assert SpokenIndex((_turn(0.0, 1.0), _turn(3.0, 1.0))).at(2.0) == NOTHING
