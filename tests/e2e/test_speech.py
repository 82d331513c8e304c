from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from callreview.audio.decode import prepare_audio
from callreview.audio.prepared import PreparedAudio
from callreview.domain.call import CallMetadata
from callreview.domain.errors import Cancelled, UserError
from callreview.domain.transcript import Turn, join_words
from callreview.speech.models import model_folder
from callreview.speech.recognise import Recogniser
from callreview.speech.recognised import ChannelWords
from callreview.speech.speakers import assign_roles
from callreview.speech.turns import build_turns
from callreview.speech.word_errors import count_word_errors, normalise

pytestmark = [pytest.mark.e2e, pytest.mark.shared]

JFK = (
    "And so, my fellow Americans, ask not what your country can do for you, "
    "ask what you can do for your country."
)


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(model_folder())


def turns_of(channels: list[ChannelWords], metadata: CallMetadata) -> tuple[Turn, ...]:
    return build_turns(channels, assign_roles(channels, metadata))


def prepared(folder: Path, *sources: Path) -> PreparedAudio:
    return prepare_audio(sources, folder / "call.pcm")


def test_every_word_of_a_clear_speaker_is_right_and_in_its_place(
    recogniser: Recogniser, shared_data: Path, tmp_path: Path
) -> None:
    (heard,) = recogniser.recognise(prepared(tmp_path, shared_data / "edge" / "jfk.wav"))
    assert normalise(join_words(heard.words)) == normalise(JFK)
    assert heard.language == "en"
    assert all(left.end_s <= right.start_s + 0.1 for left, right in pairwise(heard.words))
    ask = next(word for word in heard.words if word.text.startswith("ask"))
    assert 3.0 < ask.start_s < 3.6
    assert heard.words[-1].end_s == pytest.approx(10.4, abs=0.4)


def test_the_same_voice_on_both_channels_is_transcribed_once(
    recogniser: Recogniser, shared_data: Path, tmp_path: Path
) -> None:
    stereo = prepared(tmp_path, shared_data / "edge" / "jfk_stereo.flac")
    (heard,) = recogniser.recognise(stereo, language="en")
    assert stereo.channels == 2
    assert count_word_errors(JFK, join_words(heard.words)).rate < 0.1


def test_silence_has_no_words(recogniser: Recogniser, shared_data: Path, tmp_path: Path) -> None:
    (heard,) = recogniser.recognise(prepared(tmp_path, shared_data / "edge" / "silence.wav"))
    assert (heard.words, heard.speech, heard.language) == ((), (), "")


def test_a_hold_tune_and_hiss_between_words_stay_without_words(
    recogniser: Recogniser, shared_data: Path, tmp_path: Path
) -> None:
    voice = prepared(tmp_path, shared_data / "edge" / "jfk.wav").mono(0, rate=16000)
    seconds = np.arange(30 * 16000) / 16000
    tune = 0.2 * np.sin(2 * np.pi * (262 + 131 * ((seconds * 2).astype(int) % 4)) * seconds)
    hiss = np.random.default_rng(5).standard_normal(len(seconds)) * 0.01
    samples = np.concatenate([tune, voice, hiss, tune, voice])
    (tmp_path / "long.pcm").write_bytes((samples * 32767).astype("<i2").tobytes())
    long = PreparedAudio(tmp_path / "long.pcm", 1, 16000, len(samples), (), "")
    (heard,) = recogniser.recognise(long, language="en")
    assert count_word_errors(f"{JFK} {JFK}", join_words(heard.words)).rate < 0.1
    for word in heard.words:
        assert 29.9 <= word.start_s <= 41 or 100.9 <= word.start_s <= 112


def test_korean_is_recognised_as_korean_and_spaced(
    recogniser: Recogniser, shared_data: Path, tmp_path: Path
) -> None:
    call = prepared(tmp_path, shared_data / "calls" / "ko-KR_NarrowbandModel_sample1.wav")
    channels = recogniser.recognise(call)
    turns = turns_of(channels, CallMetadata("korean"))
    assert channels[0].language == "ko"
    assert "고객" in "".join(turn.text for turn in turns)
    assert all(" " in turn.text for turn in turns if len(turn.text) > 15)


def test_a_call_that_changes_its_language_is_written_in_both(
    recogniser: Recogniser, shared_data: Path, tmp_path: Path
) -> None:
    (heard,) = recogniser.recognise(prepared(tmp_path, shared_data / "edge" / "multilingual.mp3"))
    words = set(normalise(join_words(heard.words)).split())
    assert {"permission", "software", "granted"} <= words
    assert {"diese", "umfasst", "verwenden"} <= words


def test_the_two_sides_of_a_call_become_a_dialogue(
    recogniser: Recogniser, shared_data: Path, tmp_path: Path
) -> None:
    calls = shared_data / "calls"
    sides = [calls / f"Auto_Repairs_40_UTC_{side}.wav" for side in ("agent", "caller")]
    whole = prepared(tmp_path, *sides)
    beginning = replace(whole, frames=100 * whole.sample_rate)
    done: list[tuple[float, float]] = []
    channels = recogniser.recognise(
        beginning, progress=lambda done_s, total_s: done.append((done_s, total_s))
    )
    turns = turns_of(channels, CallMetadata("auto repairs"))
    opening = turns[0]
    assert (opening.role, opening.start_s) == ("agent", pytest.approx(0.2, abs=0.3))
    assert opening.text.startswith("Thank you for calling")
    assert [turn.role for turn in turns[:2]] == ["agent", "customer"]
    changes = sum(left.role != right.role for left, right in pairwise(turns))
    assert changes >= 8
    customer_words = normalise(" ".join(t.text for t in turns if t.role == "customer")).split()
    assert {"jack", "tesla", "dealership"} <= set(customer_words)
    assert done[0][0] == 0
    assert done[-1][0] == pytest.approx(done[-1][1])


def test_an_unknown_language_is_refused(
    recogniser: Recogniser, shared_data: Path, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match='"klingon"'):
        recogniser.recognise(
            prepared(tmp_path, shared_data / "edge" / "jfk.wav"), language="klingon"
        )


def test_recognition_can_be_cancelled(
    recogniser: Recogniser, shared_data: Path, tmp_path: Path
) -> None:
    with pytest.raises(Cancelled):
        recogniser.recognise(
            prepared(tmp_path, shared_data / "edge" / "jfk.wav"), cancelled=lambda: True
        )


def test_a_folder_that_only_looks_like_a_model_is_the_users_problem(tmp_path: Path) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(UserError, match="cannot be loaded"):
        Recogniser(model_folder(str(tmp_path)))
