from collections.abc import Sequence
from dataclasses import replace

from callreview.domain.talk_metrics import Interval
from callreview.domain.transcript import Word
from callreview.speech.believable import Believed, believe
from callreview.speech.whisper import Heard


def heard(text: str, *, step_s: float = 1.0, sure: float = -0.2, no_speech: float = 0.0) -> Heard:
    words = [Word(one, at * step_s, (at + 1) * step_s, 0.9) for at, one in enumerate(text.split())]
    return Heard(tuple(words), 1.0, sure, no_speech)


class Ear:
    """Hears one thing after the other, the last for good, and remembers where."""

    def __init__(self, *answers: Heard) -> None:
        self.answers, self.parts = [*answers], []

    def __call__(self, part: Interval) -> list[Heard]:
        self.parts.append((round(part.start_s, 1), round(part.end_s, 1)))
        return [self.answers.pop(0)] if len(self.answers) > 1 else self.answers


def believed(
    heard: Heard,
    *,
    length_s: float = 10.0,
    quick: Ear | None = None,
    leisurely: Ear | None = None,
    speech: tuple[Interval, ...] | None = None,
) -> Believed:
    nothing = Heard((), 0.0, 0.0, 1.0)
    quick, leisurely = quick or Ear(nothing), leisurely or Ear()

    def again(parts: Sequence[Interval], *, at_leisure: bool = False) -> list[list[Heard]]:
        return [(leisurely if at_leisure else quick)(part) for part in parts]

    spoken = (Interval(0.0, length_s),) if speech is None else speech
    return believe(heard, length_s, spoken, again)


def text(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


def test_a_clear_window_is_not_listened_to_again() -> None:
    ear = Ear()
    clear = heard("one two three four five six seven")
    assert text(believed(clear, quick=ear, leisurely=ear).words).count(" ") == 6
    assert ear.parts == []


def test_a_window_with_a_skipped_sentence_is_heard_again_and_the_fuller_text_is_taken() -> None:
    skipping, whole = heard("you will also get", step_s=2.6), heard("a b c d e f g h i")
    assert text(believed(skipping, leisurely=Ear(whole)).words) == "a b c d e f g h i"
    for worse in (Ear(heard("you will", step_s=5.0)), Ear()):
        assert text(believed(skipping, leisurely=worse).words) == "you will also get"


def test_a_window_with_a_skipped_sentence_is_heard_in_halves_cut_in_a_long_pause() -> None:
    speech = (Interval(0, 1), Interval(2, 4), Interval(4.6, 7), Interval(7.2, 8), Interval(9, 10))
    ear, leisure = Ear(heard("a b c"), heard("d e f g h i")), Ear()
    skipping = heard("you will also get", step_s=2.6)
    found = believed(skipping, quick=ear, leisurely=leisure, speech=speech)
    assert ear.parts == [(0.0, 4.3), (4.3, 10.0)]
    assert leisure.parts == []
    places = [(word.text, round(word.start_s, 1)) for word in found.words]
    assert places[:5] == [("a", 0), ("b", 1), ("c", 2), ("d", 4.3), ("e", 5.3)]


def test_a_word_past_the_end_of_its_half_stays_before_the_other_half() -> None:
    speech = (Interval(0, 4), Interval(4.6, 10))
    halves = Ear(heard("a b c", step_s=2.2), heard("d e f"))
    found = believed(heard("you will also", step_s=2.6), quick=halves, speech=speech)
    assert text(found.words) == "a b c d e f"


def test_a_window_whose_halves_are_not_clear_or_say_less_is_heard_at_leisure() -> None:
    speech = (Interval(0, 4), Interval(4.6, 10))
    whole = heard("a b c d e f g h i")
    for half in (
        heard("a b", step_s=3),
        heard("a b c", sure=-1.2),
        heard("a b c", no_speech=0.9),
        heard("a"),
        heard(""),
    ):
        leisure = Ear(whole)
        skipping = heard("you will also get", step_s=2.6)
        found = believed(skipping, quick=Ear(half), leisurely=leisure, speech=speech)
        assert leisure.parts == [(0.0, 10.0)]
        assert text(found.words) == text(whole.words)


def test_what_was_guessed_is_not_heard_in_halves() -> None:
    speech = (Interval(0, 4), Interval(4.6, 10))
    halves, leisure = Ear(heard("a b c")), Ear(heard("a b c d e f g h i"))
    believed(heard("a b c d", sure=-1.2), quick=halves, leisurely=leisure, speech=speech)
    assert (halves.parts, leisure.parts) == ([], [(0.0, 10.0)])


def stuck(text: str, at_s: float) -> tuple[Word, ...]:
    return tuple(Word(word, at_s, at_s, 0.5) for word in text.split())


def test_a_text_that_goes_on_in_no_time_is_heard_again_in_halves() -> None:
    clear, speech = heard("so that is four one three"), (Interval(0, 4.9), Interval(5.1, 10))
    both = (("yes yes", "so that is four one three yes yes"), ("2 5 6", "a b c d e f g h i"))
    for words, expected in both:
        going_on = replace(clear, words=clear.words + stuck(words, 6.0))
        ear = Ear(heard("a b c d e"), heard("f g h i"))
        assert text(believed(going_on, quick=ear, speech=speech).words) == expected


def test_words_in_no_time_are_left_out_where_nothing_better_is_heard() -> None:
    clear, leisure = heard("four one three"), Ear()
    going_on = replace(clear, words=(*clear.words, *stuck("2 5 6 1", 3.0), *stuck("yes", 3.0)))
    found = believed(going_on, leisurely=leisure, speech=(Interval(0, 3),))
    assert (text(found.words), found.dropped) == ("four one three", {"invented": 5})
    assert leisure.parts == []


def test_a_number_that_is_read_out_is_no_skipped_sentence() -> None:
    ear = Ear(heard("four seven one"))
    assert (
        text(believed(heard("47193 yes", step_s=2.6), length_s=5.2, leisurely=ear).words)
        == "47193 yes"
    )
    assert ear.parts == []


def test_speech_without_words_is_heard_by_itself_and_put_in_its_place() -> None:
    speech = (Interval(0, 2), Interval(2.4, 3.7), Interval(4, 5))
    words = tuple(Word(one, at, at + 0.5, 0.9) for one, at in (("a", 0), ("b", 1.6), ("c", 4)))
    ear = Ear(heard("one two", step_s=0.5))
    found = believed(Heard(words, 1.0, -0.2, 0.0), length_s=5, quick=ear, speech=speech)
    assert ear.parts == [(2.2, 3.9)]
    assert text(found.words) == "a b one two c"
    assert [round(word.start_s, 1) for word in found.words] == [0, 1.6, 2.2, 2.7, 4]


def test_neither_short_sounds_nor_guesses_come_in_where_no_word_was_heard() -> None:
    short = (Interval(0, 3), Interval(4, 5.1))
    ear = Ear(heard("thanks"))
    assert text(believed(heard("one two three"), quick=ear, speech=short).words).count(" ") == 2
    assert ear.parts == []
    long = (Interval(0, 3), Interval(4, 6))
    for guess in (heard("thanks", sure=-1.5), heard("thanks", no_speech=0.9)):
        found = believed(heard("one two three"), quick=Ear(guess), speech=long)
        assert text(found.words) == "one two three"


def test_a_guess_where_nobody_speaks_is_left_out_and_counted() -> None:
    guessed = heard("thanks for watching", sure=-1.5, no_speech=0.9)
    found = believed(guessed, length_s=3, leisurely=Ear(guessed), quick=Ear(guessed))
    assert found.words == ()
    assert found.dropped == {"invented": 3}


def test_a_loop_is_cut_and_counted() -> None:
    found = believed(heard("bye " * 9), length_s=9)
    assert text(found.words) == "bye"
    assert found.dropped == {"loop": 8}


def test_a_long_rest_of_a_window_that_ends_early_is_heard_by_itself_then_at_leisure() -> None:
    speech = (Interval(0, 3), Interval(4, 6), Interval(6.5, 10))
    for quick, leisurely in (
        (Ear(heard("four five")), Ear()),
        (Ear(heard("")), Ear(heard("four five"))),
    ):
        found = believed(heard("one two three"), quick=quick, leisurely=leisurely, speech=speech)
        assert quick.parts[0] == (3.8, 10.2)
        assert text(found.words) == "one two three four five"
        assert found.words[3].start_s == 3.8
