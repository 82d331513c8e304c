"""Recordings as bad recorders make them, through the real models, as a user has them processed."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from callreview.cli.main import main
from callreview.config.paths import resources_dir
from callreview.speech.word_errors import count_word_errors

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("speaker_models")]

RATE = 8000
SAMPLES = resources_dir() / "samples"
NAME = "S02-delivery-question"
AGENT = "Thank you for calling Larkfield Home, this is Helen speaking. What can I do for you?"
CUSTOMER = (
    "Hi Helen, I ordered a standing lamp last Tuesday and I just wanted to check when it is going "
    "to arrive. I will be away from Saturday."
)


def sound(seconds: float, start_s: float = 0.0) -> np.ndarray:
    """A part of a sample call, agent left and customer right: -1..1 of shape (frames, 2)."""
    first = round(start_s * RATE)
    return soundfile.read(SAMPLES / f"{NAME}.flac")[0][first : first + round(seconds * RATE)]


def hiss(frames: int) -> np.ndarray:
    return np.random.default_rng(3).standard_normal(frames) * 0.003


@pytest.fixture(scope="module")
def bad_calls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which a call of each kind was processed with one start of the models."""
    folder = tmp_path_factory.mktemp("bad")
    opening = sound(34.0)
    whole = sound(120.0)
    swapped = whole.copy()
    swapped[41 * RATE :] = swapped[41 * RATE :, ::-1].copy()
    mixed = opening.mean(axis=1)
    made = {
        "dead-right": (np.stack([mixed, hiss(len(mixed))], axis=1), "PCM_16"),
        "customer-alone": (opening * [0, 1], "PCM_16"),
        "swapped": (swapped, "PCM_16"),
        "clipped": (np.clip(sound(14.0) * 10, -1, 1), "PCM_16"),
        "shifted": (np.clip(sound(14.0) + 0.5, -1, 1), "PCM_16"),
        "eight-bit": (sound(14.0), "PCM_U8"),
        "mu-law": (sound(14.0), "ULAW"),
        "one-second": (sound(1.0, 0.5), "PCM_16"),
        "one-word": (sound(1.2, 39.6) * [0, 1], "PCM_16"),
        "a-moment": (sound(0.1, 1.0), "PCM_16"),
        "silent": (np.zeros((RATE, 2)), "PCM_16"),
    }
    for name, (samples, kind) in made.items():
        soundfile.write(folder / f"{name}.wav", samples, RATE, subtype=kind)
    files = [str(folder / f"{name}.wav") for name in made]
    assert main(["import", *files, "--agent-channel", "0", "--workspace", str(folder / "ws")]) == 0
    assert main(["process", "--workspace", str(folder / "ws")]) == 0
    return folder / "ws"


def shown(workspace: Path, name: str, capsys: pytest.CaptureFixture[str]) -> dict:
    capsys.readouterr()
    assert main(["show", name, "--json", "--workspace", str(workspace)]) == 0
    return json.loads(capsys.readouterr().out)


def said(call: dict, role: str) -> str:
    return " ".join(turn["text"] for turn in call["turns"] if turn["role"] == role).lower()


def test_the_two_people_of_the_only_live_channel_are_told_apart(
    bad_calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = shown(bad_calls, "dead-right", capsys)
    assert call["sound_notes"] == [{"kind": "no_speech", "channel": 1, "at_s": None}]
    assert {speaker["role"] for speaker in call["speakers"]} == {"agent", "customer"}
    assert all(speaker["estimated"] for speaker in call["speakers"])
    assert "thank you for calling" in said(call, "agent")
    assert "standing lamp" in said(call, "customer")


def test_a_customer_alone_is_not_taken_for_the_agent_whose_channel_is_dead(
    bad_calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = shown(bad_calls, "customer-alone", capsys)
    assert call["sound_notes"] == [{"kind": "silent", "channel": 0, "at_s": None}]
    assert "standing lamp" in said(call, "customer")
    assert said(call, "agent") == ""


def test_channels_swapped_half_way_are_told_and_the_speakers_put_right(
    bad_calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = shown(bad_calls, "swapped", capsys)
    (note,) = call["sound_notes"]
    assert note["kind"] == "swapped"
    assert note["at_s"] == pytest.approx(41, abs=2.5)
    agent, customer = said(call, "agent"), said(call, "customer")
    assert "thank you for calling" in agent
    assert "the driver can leave it with a neighbo" in agent
    assert "they can put it behind the gate" in customer


@pytest.mark.parametrize("name", ["clipped", "shifted", "eight-bit", "mu-law"])
def test_bad_recorders_cost_hardly_a_word(
    name: str, bad_calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = shown(bad_calls, name, capsys)
    assert call["sound_notes"] == []
    agent, customer = said(call, "agent"), said(call, "customer")
    errors = count_word_errors(AGENT, agent) + count_word_errors(CUSTOMER, customer)
    assert errors.rate < 0.1, (agent, customer)


@pytest.mark.parametrize("name", ["one-second", "one-word", "a-moment", "silent"])
def test_very_short_calls_are_processed_without_invented_words(
    name: str, bad_calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = shown(bad_calls, name, capsys)
    words = [word for turn in call["turns"] for word in turn["words"]]
    assert len(words) <= {"one-second": 5, "one-word": 2}.get(name, 0)
    assert all(0 <= w["start_s"] <= w["end_s"] <= call["duration_s"] + 0.1 for w in words)


def test_a_single_word_is_a_whole_transcript(
    bad_calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = shown(bad_calls, "one-word", capsys)
    assert said(call, "customer").strip(".,") in ("ok", "okay")


def test_a_call_in_which_nobody_is_heard_says_so(
    bad_calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = shown(bad_calls, "silent", capsys)
    assert call["sound_notes"] == [{"kind": "silent", "channel": None, "at_s": None}]


def test_processing_tells_what_is_odd_about_the_sound(
    bad_calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["process", "silent", "a-moment", "--workspace", str(bad_calls)]) == 0
    told = capsys.readouterr().err
    assert "silent: Nobody is heard in this call." in told


def test_a_file_without_a_single_sample_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    soundfile.write(tmp_path / "empty.wav", np.zeros((0, 2)), RATE, subtype="PCM_16")
    assert main(["import", str(tmp_path / "empty.wav"), "--workspace", str(tmp_path / "ws")]) != 0
    assert "empty.wav" in capsys.readouterr().err
