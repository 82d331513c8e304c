import numpy as np

from callreview.domain.transcript import Word
from callreview.speech.believable import believe
from callreview.speech.whisper import RATE, Heard, Sound

WINDOW = np.zeros(10 * RATE, dtype=np.float32)


def heard(text: str, *, step_s: float = 1.0, sure: float = -0.2, no_speech: float = 0.0) -> Heard:
    words = [Word(one, at * step_s, (at + 1) * step_s, 0.9) for at, one in enumerate(text.split())]
    return Heard(tuple(words), 1.0, sure, no_speech)


class Ear:
    """Hears the same thing whenever it listens again, and remembers to what."""

    def __init__(self, *answers: Heard) -> None:
        self.answers, self.sounds = answers, []

    def __call__(self, sound: Sound) -> tuple[Heard, ...]:
        self.sounds.append(len(sound) / RATE)
        return self.answers


def text(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


def test_a_clear_window_is_not_listened_to_again() -> None:
    ear = Ear()
    assert (
        text(believe(heard("one two three four five six seven"), WINDOW, ear).words).count(" ") == 6
    )
    assert ear.sounds == []


def test_a_window_with_a_skipped_sentence_is_heard_again_and_the_fuller_text_is_taken() -> None:
    skipping, whole = heard("you will also get", step_s=2.6), heard("a b c d e f g h i")
    assert text(believe(skipping, WINDOW, Ear(whole)).words) == "a b c d e f g h i"
    worse = heard("you will", step_s=5.0)
    assert text(believe(skipping, WINDOW, Ear(worse)).words) == "you will also get"


def test_a_guess_where_nobody_speaks_is_left_out_and_counted() -> None:
    guessed = heard("thanks for watching", sure=-1.5, no_speech=0.9)
    believed = believe(guessed, WINDOW[: 3 * RATE], Ear(guessed))
    assert believed.words == ()
    assert believed.dropped == {"invented": 3}


def test_a_loop_is_cut_and_counted() -> None:
    looping = heard("bye " * 9)
    believed = believe(looping, WINDOW[: 9 * RATE], Ear())
    assert text(believed.words) == "bye"
    assert believed.dropped == {"loop": 8}


def test_the_rest_of_a_window_that_ends_early_is_heard_too() -> None:
    ear = Ear(heard("four five"))
    believed = believe(heard("one two three"), WINDOW, ear)
    assert ear.sounds == [7.0]
    assert text(believed.words) == "one two three four five"
    assert believed.words[3].start_s == 3.0
