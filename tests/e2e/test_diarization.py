import json
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from callreview.audio.decode import prepare_audio
from callreview.audio.prepared import PreparedAudio
from callreview.cli.main import main
from callreview.domain.errors import Cancelled, EnvironmentProblem
from callreview.speech.diarization.tell_apart import tell_apart
from callreview.speech.diarization.voices import Voices
from tests.perf.diarization_error import diarization_error
from tests.perf.measure_diarization import speech_of, words_right
from tests.perf.telephone_mixes import SAMPLES, Mix, sample_mixes

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("speaker_models")]


@pytest.fixture(scope="module")
def mix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mix]:
    folder = tmp_path_factory.mktemp("mix")
    yield next(mix for mix in sample_mixes("clean", folder) if mix.name.startswith("S05"))


@pytest.fixture(scope="module")
def voices(mix: Mix, speaker_models: Path) -> Voices:
    return tell_apart(mix.prepared, 0)


def prepared(folder: Path, samples: np.ndarray, rate: int = 8000) -> PreparedAudio:
    path = folder / "made.wav"
    soundfile.write(path, samples, rate)
    return prepare_audio([path], folder / "made.pcm")


def test_two_speakers_on_one_channel_are_told_apart(mix: Mix, voices: Voices) -> None:
    assert voices.count == 2
    assert not voices.alike
    assert diarization_error(mix.speech, speech_of(voices)).rate < 0.08
    assert diarization_error(mix.speech, speech_of(voices), 0.25).rate < 0.02


def test_words_go_to_the_speaker_who_said_them(mix: Mix, voices: Voices) -> None:
    words = sum(len(said) for said in mix.said.values())
    assert words_right(mix, voices) >= 0.98 * words


def test_stretches_lie_in_the_call_and_are_mostly_sure(mix: Mix, voices: Voices) -> None:
    assert list(voices.stretches) == sorted(voices.stretches)
    assert all(0 <= one.start_s < one.end_s <= mix.prepared.duration_s for one in voices.stretches)
    assert all(0 <= one.confidence <= 1 for one in voices.stretches)
    assert np.mean([one.confidence for one in voices.stretches]) > 0.9
    assert voices.stretches[0].voice == 0


def test_one_speaker_comes_out_as_one(tmp_path: Path) -> None:
    samples, rate = soundfile.read(SAMPLES / "S02-delivery-question.flac")
    assert tell_apart(prepared(tmp_path, samples[:, 0], rate), 0).count == 1


@pytest.mark.parametrize("seconds", [0.05, 1.0, 12.0])
def test_where_nobody_speaks_there_is_no_voice(tmp_path: Path, seconds: float) -> None:
    hiss = np.random.default_rng(1).normal(0, 0.001, round(8000 * seconds))
    assert tell_apart(prepared(tmp_path, hiss), 0) == Voices((), (), 0, alike=False)


def test_progress_grows_to_the_end_and_a_stop_is_heard_at_once(mix: Mix) -> None:
    seen: list[float] = []
    stop = threading.Event()

    def note(fraction: float) -> None:
        seen.append(fraction)
        if fraction > 0.6:
            stop.set()

    with pytest.raises(Cancelled):
        tell_apart(mix.prepared, 0, progress=note, cancelled=stop.is_set)
    assert seen == sorted(seen)
    assert 0 < seen[0] < 0.1 < seen[-1] < 0.65


def test_without_the_networks_the_command_that_fetches_them_is_named(
    mix: Mix, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALLREVIEW_DATA", str(tmp_path))
    with pytest.raises(EnvironmentProblem, match="callreview models get speakers"):
        tell_apart(mix.prepared, 0)


def speakers_in(rttm: Path) -> dict[tuple[str, str], float]:
    """Seconds by channel and speaker."""
    total: dict[tuple[str, str], float] = {}
    for line in rttm.read_text("utf-8").splitlines():
        fields = line.split()
        key = (fields[2], fields[7])
        total[key] = total.get(key, 0.0) + float(fields[4])
    return total


def test_diarize_writes_the_channels_of_a_two_channel_call(tmp_path: Path) -> None:
    out = tmp_path / "out.rttm"
    assert main(["diarize", str(SAMPLES / "S05-card-payment.flac"), str(out)]) == 0
    assert sorted(speakers_in(out)) == [("1", "speaker1"), ("2", "speaker2")]


def test_diarize_tells_voices_of_one_channel_apart(tmp_path: Path) -> None:
    samples, rate = soundfile.read(SAMPLES / "S02-delivery-question.flac")
    mono = tmp_path / "my call.wav"
    soundfile.write(mono, samples.mean(axis=1), rate)
    out = tmp_path / "out.rttm"
    assert main(["diarize", str(mono), str(out)]) == 0
    truth = json.loads((SAMPLES / "truth" / "S02-delivery-question.json").read_text("utf-8"))
    said = {"agent": 0.0, "customer": 0.0}
    for turn in truth["turns"]:
        said[turn["speaker"]] += sum(word["end_s"] - word["start_s"] for word in turn["words"])
    found = speakers_in(out)
    assert found[("1", "speaker1")] == pytest.approx(said["agent"], rel=0.15)
    assert found[("1", "speaker2")] == pytest.approx(said["customer"], rel=0.15)
    assert out.read_text("utf-8").startswith("SPEAKER my_call 1 ")


def test_diarize_mixes_channels_when_another_number_of_speakers_is_given(tmp_path: Path) -> None:
    out = tmp_path / "out.rttm"
    call = str(SAMPLES / "S05-card-payment.flac")
    assert main(["diarize", call, str(out), "--speakers", "1"]) == 0
    assert sorted(speakers_in(out)) == [("1", "speaker1")]


def test_diarize_refuses_what_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call, out = str(SAMPLES / "S05-card-payment.flac"), str(tmp_path / "out.rttm")
    assert main(["diarize", call, out, "--speakers", "0"]) == 2
    assert "1 to 20" in capsys.readouterr().err
    assert main(["diarize", str(tmp_path / "none.wav"), out]) == 2
    assert not Path(out).exists()
