from itertools import product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.speech.diarization.clustering import linkage_labels
from callreview.speech.diarization.pieces import Piece
from callreview.speech.diarization.segmentation import FRAME_S
from callreview.speech.diarization.turn_taking import forward_backward, same_voice_chances
from callreview.speech.diarization.voice_count import Grouping, group_by_voice

SIZE = 192


def voices(*counts: int, likeness: float = 0.7, seed: int = 1) -> npt.NDArray[np.float32]:
    """So many pieces of each voice; pieces of one voice have about this cosine, others 0."""
    random = np.random.default_rng(seed)
    own = np.linalg.qr(random.normal(size=(SIZE, len(counts))))[0].T
    noise = random.normal(size=(sum(counts), SIZE)) / np.sqrt(SIZE)
    centres = np.repeat(own, counts, axis=0)
    mixed = np.sqrt(likeness) * centres + np.sqrt(1 - likeness) * noise
    return (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float32)


def pieces(count: int, seconds: float = 1.5, pause_s: float = 1.0) -> list[Piece]:
    length, step = round(seconds / FRAME_S), round((seconds + pause_s) / FRAME_S)
    return [Piece(at * step, at * step + length, 0, seconds) for at in range(count)]


def grouped(embeddings: npt.NDArray[np.float32], speakers: int | None = None) -> Grouping:
    return group_by_voice(embeddings, pieces(len(embeddings)), speakers)


@pytest.mark.parametrize("counts", [(12,), (10, 14), (9, 20, 7), (8, 8, 8, 8)])
def test_as_many_voices_are_found_as_speak(counts: tuple[int, ...]) -> None:
    found = grouped(voices(*counts))
    assert sorted(np.bincount(found.labels).tolist()) == sorted(counts)
    assert not found.alike


@pytest.mark.parametrize("speakers", [1, 2, 3])
def test_the_number_of_speakers_can_be_given(speakers: int) -> None:
    assert grouped(voices(9, 9, 9), speakers).count == speakers


def test_no_more_voices_are_given_than_there_are_pieces() -> None:
    assert grouped(voices(1), speakers=4).count == 1


def test_a_cough_is_not_a_speaker() -> None:
    assert grouped(voices(15, 12, 1)).count == 2


def test_like_voices_are_flagged() -> None:
    both = voices(15, 15)
    shared = both.mean(axis=0) / np.linalg.norm(both.mean(axis=0))
    alike = both + 1.5 * shared
    alike /= np.linalg.norm(alike, axis=1, keepdims=True)
    assert grouped(alike.astype(np.float32), speakers=2).alike
    assert not grouped(both, speakers=2).alike


def test_a_doubtful_piece_goes_with_the_speech_that_it_continues() -> None:
    embeddings = voices(6, 6)
    doubtful = embeddings[:6].sum(axis=0) + embeddings[6:].sum(axis=0)
    embeddings[3] = doubtful / np.linalg.norm(doubtful)
    joined = pieces(12, pause_s=0.0)
    found = group_by_voice(embeddings, joined, 2)
    assert len(set(found.labels[:6].tolist())) == 1
    assert found.shares[3].max() < found.shares[1].max()


def test_linkage_joins_what_is_alike_enough_and_nothing_else() -> None:
    embeddings = voices(5, 5)
    weights = np.ones(10, np.float32)
    assert len(set(linkage_labels(embeddings, weights, 0.35).tolist())) == 2
    assert len(set(linkage_labels(embeddings, weights, 0.99).tolist())) == 10
    assert len(set(linkage_labels(embeddings, weights, -1.0).tolist())) == 1


def test_a_voice_goes_on_more_likely_without_a_pause_than_after_one() -> None:
    second = round(1 / FRAME_S)
    run = [Piece(0, second, 0, 1.0), Piece(second, 2 * second, 0, 1.0)]
    late = [run[0], Piece(3 * second, 4 * second, 0, 1.0)]
    other = [run[0], Piece(3 * second, 4 * second, 1, 1.0)]
    assert same_voice_chances(run)[1] > same_voice_chances(late)[1] > same_voice_chances(other)[1]


@given(
    st.integers(1, 3),
    st.lists(st.tuples(*[st.floats(-5, 5)] * 3, st.floats(0.05, 0.95)), min_size=1, max_size=5),
)
def test_chances_are_those_of_all_possible_courses_of_the_talk(
    states: int, steps: list[tuple[float, ...]]
) -> None:
    evidence = np.array([step[:states] for step in steps])
    chances = np.array([step[3] for step in steps])
    likely = np.zeros((len(steps), states))
    for course in product(range(states), repeat=len(steps)):
        weight = np.exp(sum(evidence[at, state] for at, state in enumerate(course))) / states
        for at in range(1, len(course)):
            same = course[at] == course[at - 1]
            if states > 1:
                weight *= chances[at] if same else (1 - chances[at]) / (states - 1)
        likely[np.arange(len(steps)), course] += weight
    found, fit = forward_backward(evidence, chances)
    assert found == pytest.approx(likely / likely.sum(axis=1, keepdims=True), rel=1e-6, abs=1e-9)
    assert fit == pytest.approx(np.log(likely[0].sum()), rel=1e-6, abs=1e-9)
