"""Texts of a model without knowledge: it is never sure, and repeats itself for ever."""

from collections import Counter
from pathlib import Path

import ctranslate2
import numpy as np
import pytest

from callreview.speech.encoded import Encoded, together
from callreview.speech.likeliest_text import likeliest_texts
from tests.tiny_whisper import WIDTH

PROMPT = [50258, 50259, 50359, 50363]


@pytest.fixture(scope="module")
def model(tiny: Path) -> ctranslate2.models.Whisper:
    return ctranslate2.models.Whisper(str(tiny))


def windows(*lengths_s: int) -> list[Encoded]:
    noise = np.random.default_rng(3)
    return [
        Encoded(noise.normal(size=(25 * length_s, WIDTH)).astype(np.float32), 100 * length_s)
        for length_s in lengths_s
    ]


def most_often(tokens: list[int], length: int) -> int:
    runs = [tuple(tokens[start : start + length]) for start in range(len(tokens) - length + 1)]
    return max(Counter(runs).values())


def test_a_loop_is_broken_where_greedy_decoding_goes_on(model: ctranslate2.models.Whisper):
    encoded = windows(15, 6)
    (greedy, _short) = model.generate(together(encoded), [PROMPT] * 2, beam_size=1)
    assert most_often(greedy.sequences_ids[0], 6) > 1
    for result in likeliest_texts(model, encoded, [PROMPT] * 2):
        assert most_often(result.sequences_ids[0], 6) == 1


@pytest.mark.parametrize("prompt", [PROMPT, [50361, *range(200, 420), *PROMPT]])
def test_no_text_is_longer_than_anybody_can_speak(
    model: ctranslate2.models.Whisper, prompt: list[int]
):
    for length_s in (4, 10, 15):
        (found,) = likeliest_texts(model, windows(length_s), [prompt])
        assert 11 * length_s < len(found.sequences_ids[0]) <= 12 * length_s + 1


def test_a_short_window_is_not_searched_for_more_words(model: ctranslate2.models.Whisper):
    encoded = windows(3)
    (found,) = likeliest_texts(model, encoded, [PROMPT])
    (greedy,) = model.generate(together(encoded), [PROMPT], beam_size=1, max_length=64)
    assert found.sequences_ids == greedy.sequences_ids
