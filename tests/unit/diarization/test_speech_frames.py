from pathlib import Path

import numpy as np
import pytest

from callreview.speech.diarization.features import features_of
from callreview.speech.diarization.loudness import loudness_of
from callreview.speech.diarization.pieces import cut
from callreview.speech.diarization.segmentation import FRAME_S, Segmentation
from callreview.speech.diarization.speech_frames import runs, speech_frames
from tests.perf.telephone_mixes import prepared_from

FRAMES = 600


def heard(*spans: tuple[int, int], slots: tuple[int, ...] = ()) -> Segmentation:
    """A network that is sure of speech in these frames."""
    speech = np.full(FRAMES, 0.01, np.float32)
    which = np.zeros((FRAMES, 3), np.float32)
    for index, (start, end) in enumerate(spans):
        speech[start:end] = 0.99
        which[start:end, slots[index] if slots else 0] = 1
    return Segmentation(speech, np.zeros(FRAMES, np.float32), which)


def loud(*spans: tuple[int, int], noise_db: float = -70.0) -> np.ndarray:
    level = np.full(FRAMES, noise_db, np.float32)
    for start, end in spans:
        level[start:end] = -30.0
    return level


def test_on_a_clear_line_loudness_gives_the_edges() -> None:
    found = speech_frames(heard((100, 200), (300, 400)), loud((110, 195), (300, 410)))
    assert runs(found).tolist() == [[110, 195], [300, 400]]


def test_on_a_noisy_line_the_network_alone_decides_and_its_early_start_is_cut() -> None:
    found = speech_frames(heard((100, 200)), loud((110, 195), noise_db=-33.0))
    assert runs(found).tolist() == [[103, 200]]


def test_loud_sound_that_is_no_speech_is_none() -> None:
    assert not speech_frames(heard(), loud((100, 300))).any()


def test_pieces_are_short_of_one_slot_and_cover_all_speech() -> None:
    segmentation = heard((50, 350), (350, 400), (450, 500), slots=(0, 1, 1))
    speech = speech_frames(segmentation, loud((50, 400), (450, 500)))
    pieces = cut(segmentation, speech)
    covered = np.zeros(FRAMES, bool)
    for piece in pieces:
        assert (piece.end - piece.start) * FRAME_S <= 2.02
        assert not covered[piece.start : piece.end].any()
        covered[piece.start : piece.end] = True
    assert [piece.slot for piece in pieces][-2:] == [1, 1]
    assert covered[speech].all()


def test_a_silence_of_a_tenth_of_a_second_stays_inside_a_piece_a_pause_does_not() -> None:
    segmentation = heard((100, 200))
    short = cut(segmentation, speech_frames(segmentation, loud((100, 150), (156, 200))))
    long = cut(segmentation, speech_frames(segmentation, loud((100, 150), (165, 200))))
    assert (len(short), len(long)) == (1, 2)


def test_loudness_is_that_of_the_telephone_band_at_the_right_time(tmp_path: Path) -> None:
    rate = 8000
    time = np.arange(rate * 90) / rate
    sound = 0.5 * np.sin(2 * np.pi * 50 * time) + 0.2
    burst = (time >= 70.0) & (time < 71.0)
    sound[burst] += 0.2 * np.sin(2 * np.pi * 1000 * time[burst])
    prepared = prepared_from(sound, rate, tmp_path / "hum.pcm")
    level = loudness_of(prepared, 0, int(90 / FRAME_S), lambda: False)
    # A recording that begins away from zero begins with a click.
    level[:10] = level[-10:] = level.min()
    (edges,) = runs(level > level.max() - 20)
    assert edges * FRAME_S == pytest.approx([70.0, 71.0], abs=0.05)


def test_features_have_a_row_every_ten_milliseconds_and_tell_pitch() -> None:
    time = np.arange(16000) / 16000
    low, high = (
        features_of(np.sin(2 * np.pi * hz * time).astype(np.float32)) for hz in (300, 3000)
    )
    assert low.shape == (98, 80)
    assert low.mean(axis=0).argmax() < high.mean(axis=0).argmax()
    assert features_of(np.zeros(100, np.float32)).shape == (0, 80)
