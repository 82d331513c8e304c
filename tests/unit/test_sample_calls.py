"""The sample calls: manifest, scripts, truth and sound say the same."""

import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest

from scripts.sample_calls.script import (
    MANIFEST_COLUMNS,
    CallScript,
    Hold,
    Line,
    ScriptError,
    read_script,
    read_scripts,
)

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
SCRIPTS = read_scripts(SAMPLES / "scripts")
every_call = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.reference)


@dataclass(frozen=True)
class Sound:
    """A decoded file: int16 samples (2, n) and what the container says."""

    samples: npt.NDArray[np.int16]
    rate_hz: int
    layout: str
    tags: dict[str, str]

    def level_db(self, channel: int, start_s: float, end_s: float) -> float:
        """Loudness of a piece of one channel, in dB against full scale."""
        first, last = int(start_s * self.rate_hz), int(end_s * self.rate_hz)
        piece = self.samples[channel, first:last] / 32768
        return float(10 * np.log10(np.mean(piece**2) + 1e-12))


def manifest() -> dict[str, dict[str, str]]:
    with (SAMPLES / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return {row["reference"]: row for row in csv.DictReader(file)}


def truth(script: CallScript) -> dict[str, Any]:
    path = SAMPLES / "truth" / f"{script.reference}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def decoded(script: CallScript) -> Sound:
    with av.open(SAMPLES / manifest()[script.reference]["audio_file"]) as container:
        stream = container.streams.audio[0]
        rate_hz, layout = stream.codec_context.sample_rate, stream.codec_context.layout.name
        resampler = av.AudioResampler(format="s16p")
        frames = [out for frame in container.decode(stream) for out in resampler.resample(frame)]
        samples = np.concatenate([frame.to_ndarray() for frame in frames], axis=1)
        return Sound(samples, rate_hz, layout, dict(container.metadata))


def test_every_script_has_one_manifest_row_one_truth_and_one_sound_and_nothing_is_left_over() -> (
    None
):
    references = {script.reference for script in SCRIPTS}
    assert len(references) >= 8
    assert set(manifest()) == references
    assert {path.stem for path in (SAMPLES / "truth").glob("*.json")} == references
    assert {path.name for path in SAMPLES.glob("*.flac")} == {
        row["audio_file"] for row in manifest().values()
    }


@every_call
def test_the_manifest_repeats_the_facts_of_the_script(script: CallScript) -> None:
    row = manifest()[script.reference]
    assert tuple(row) == MANIFEST_COLUMNS
    assert {key: row[key] for key in script.facts} == script.facts
    assert datetime.fromisoformat(row["started_at"]).tzinfo is not None
    assert script.facts["language"] == script.voices["agent"].accent[:2]


@every_call
def test_every_file_decodes_to_two_8_khz_channels_of_the_stated_length(script: CallScript) -> None:
    sound, stated = decoded(script), truth(script)
    assert (sound.rate_hz, sound.layout, len(sound.samples)) == (8000, "stereo", 2)
    assert sound.samples.shape[1] / sound.rate_hz == pytest.approx(stated["duration_s"], abs=0.1)
    assert 60 <= stated["duration_s"] <= 150
    assert np.abs(sound.samples.astype(int)).max() < 32700, "the sound is clipped"


@every_call
def test_the_files_say_that_they_are_synthetic_and_how_they_were_made(script: CallScript) -> None:
    tags = {key.lower(): value for key, value in decoded(script).tags.items()}
    assert tags["title"] == script.reference
    assert tags["comment"].startswith("Synthetic speech")
    assert f"seed {script.seed}" in tags["comment"]
    for voice in script.voices.values():
        assert voice.name in tags["comment"]
        assert voice.name in truth(script)["voices"].values()


@every_call
def test_the_truth_holds_exactly_the_lines_of_the_script(script: CallScript) -> None:
    said = sorted((line.speaker, line.text) for line in script.lines if isinstance(line, Line))
    turns = truth(script)["turns"]
    assert sorted((turn["speaker"], turn["text"]) for turn in turns) == said
    assert all([word["text"] for word in turn["words"]] == turn["text"].split() for turn in turns)


@every_call
def test_the_times_of_the_truth_are_ordered_and_inside_the_call(script: CallScript) -> None:
    stated = truth(script)
    assert all(a["start_s"] <= b["start_s"] for a, b in pairwise(stated["turns"]))
    for speaker in stated["channels"]:
        own = [turn for turn in stated["turns"] if turn["speaker"] == speaker]
        assert all(a["end_s"] < b["start_s"] for a, b in pairwise(own))
    for turn in stated["turns"]:
        words = turn["words"]
        assert all(word["start_s"] < word["end_s"] for word in words)
        assert all(a["end_s"] <= b["start_s"] + 0.001 for a, b in pairwise(words))
        assert (turn["start_s"], turn["end_s"]) == (words[0]["start_s"], words[-1]["end_s"])
        assert 0 <= turn["start_s"] < turn["end_s"] <= stated["duration_s"]


@every_call
def test_a_turn_sounds_on_its_speakers_channel_and_not_on_the_other(script: CallScript) -> None:
    sound, stated = decoded(script), truth(script)
    turns = stated["turns"]
    for turn in turns:
        start_s, end_s = turn["start_s"], turn["end_s"]
        own = stated["channels"].index(turn["speaker"])
        assert sound.level_db(own, start_s, end_s) > -35
        others = [t for t in turns if t["speaker"] != turn["speaker"]]
        if all(t["end_s"] < start_s - 0.1 or t["start_s"] > end_s + 0.1 for t in others):
            assert sound.level_db(1 - own, start_s, end_s) < -45


@every_call
def test_the_hold_tune_plays_on_the_agents_channel_while_nobody_speaks(script: CallScript) -> None:
    sound, stated = decoded(script), truth(script)
    holds = [line for line in script.lines if isinstance(line, Hold)]
    assert len(stated["holds"]) == len(holds)
    for hold, line in zip(stated["holds"], holds, strict=True):
        start_s, end_s = hold["start_s"], hold["end_s"]
        assert end_s - start_s == pytest.approx(line.hold_s, abs=0.01)
        assert sound.level_db(0, start_s, end_s) > -40 > sound.level_db(1, start_s, end_s)
        assert all(t["end_s"] <= start_s or t["start_s"] >= end_s for t in stated["turns"])


def test_an_interrupted_turn_goes_on_for_half_a_second_under_the_other_voice() -> None:
    interrupted = 0
    for script in SCRIPTS:
        for turn, following in pairwise(truth(script)["turns"]):
            if turn["interrupted"]:
                interrupted += 1
                assert following["speaker"] != turn["speaker"]
                assert 0.5 <= turn["end_s"] - following["start_s"] <= 1.5
    assert interrupted >= 3


def test_the_spoken_card_number_is_a_valid_one_said_over_two_turns() -> None:
    names = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    card = next(script for script in SCRIPTS if script.reference == "S05-card-payment")
    parts = [turn for turn in truth(card)["turns"] if turn["contains"] == "card_number"]
    said = re.findall(r"[a-z]+", " ".join(turn["text"] for turn in parts).lower())
    digits = [names.index(word) for word in said if word in names]
    luhn = sum(sum(divmod(d * (2 - i % 2), 10)) for i, d in enumerate(digits))
    assert len(parts) == 2
    assert len(digits) == 16
    assert luhn % 10 == 0


def test_the_calls_cover_agents_outcomes_queues_and_one_agent_over_several_months() -> None:
    rows = list(manifest().values())
    months = defaultdict(set)
    for row in rows:
        months[row["agent"]].add(row["started_at"][:7])
    assert len(months) >= 4
    assert max(len(of_agent) for of_agent in months.values()) >= 3
    assert len({row["outcome"] for row in rows}) >= 6
    assert len({row["queue"] for row in rows}) >= 6
    assert sum(row["language"] == "ko" for row in rows) >= 2


@pytest.mark.parametrize(
    ("wrong", "message"),
    [("speaker = 'robot'", "unknown speaker"), ("loudness = 3\nspeaker = 'agent'", "loudness")],
)
def test_a_misspelt_script_is_refused_by_file_name(
    tmp_path: Path, wrong: str, message: str
) -> None:
    good = (SAMPLES / "scripts" / f"{SCRIPTS[-1].reference}.toml").read_text(encoding="utf-8")
    path = tmp_path / "broken.toml"
    path.write_text(f"{good}\n[[lines]]\ngap_s = 1.0\ntext = 'Hello.'\n{wrong}\n", encoding="utf-8")
    with pytest.raises(ScriptError, match=rf"broken\.toml: .*{message}"):
        read_script(path)
