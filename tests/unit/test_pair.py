"""The two files of one call: padded, brought in step, or refused with what is wrong."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from callreview.audio.decode import prepare_audio
from callreview.audio.pair import PreparedPair, in_step
from callreview.config.paths import resources_dir
from callreview.domain.errors import UserError
from callreview.services.import_calls import import_calls
from callreview.services.import_plan import ImportOrder, Pair
from callreview.services.workspace import open_workspace

RATE = 8000
SAMPLES = resources_dir() / "samples"


def sides(name: str, seconds: float | None = None) -> tuple[np.ndarray, np.ndarray]:
    """The agent and the customer of a sample call; the line carries a faint echo of each."""
    sound, _rate = soundfile.read(SAMPLES / f"{name}.flac", dtype="int16")
    sound = sound[: round(seconds * RATE)] if seconds else sound
    return sound[:, 0], sound[:, 1]


def without_echo(length_s: float, seed: int) -> np.ndarray:
    noise = np.random.default_rng(seed).standard_normal(round(length_s * RATE))
    return (noise * 2000).astype(np.int16)


def files(folder: Path, agent: np.ndarray, caller: np.ndarray) -> list[Path]:
    paths = [folder / "agent.wav", folder / "caller.wav"]
    for path, sound in zip(paths, (agent, caller), strict=True):
        soundfile.write(path, sound, RATE, subtype="PCM_16")
    return paths


def paired(folder: Path, agent: np.ndarray, caller: np.ndarray) -> PreparedPair:
    sources = files(folder, agent, caller)
    return in_step(prepare_audio(sources, folder / "call.pcm"), sources)


def test_files_of_one_length_are_left_as_they_are(tmp_path: Path) -> None:
    agent, caller = sides("S02-delivery-question", 20)
    pair = paired(tmp_path, agent, caller)
    assert pair.note == ""
    assert np.array_equal(pair.audio.samples(), np.stack([agent, caller], axis=1))


@pytest.mark.parametrize("late_s", [2.31, 0.9])
def test_a_side_that_was_recorded_later_is_brought_in_step_by_the_echo(
    late_s: float, tmp_path: Path
) -> None:
    agent, caller = sides("S02-delivery-question")
    pair = paired(tmp_path, agent, caller[round(late_s * RATE) :])
    assert pair.audio.duration_s == pytest.approx(len(agent) / RATE, abs=0.05)
    assert pair.note.startswith(f"caller.wav starts {late_s:.1f} s later than agent.wav")
    (moved,) = pair.audio.damage
    assert (moved.start_s, moved.end_s) == (0.0, pytest.approx(late_s, abs=0.05))
    found = np.asarray(pair.audio.samples()[:, 1]).astype(float)
    shift = np.correlate(found[160_000:240_400], caller[160_200:240_200].astype(float))
    assert abs(int(shift.argmax()) - 200) <= 0.05 * RATE
    assert not found[: round((late_s - 0.05) * RATE)].any()


def test_the_agents_side_can_be_the_later_one(tmp_path: Path) -> None:
    agent, caller = sides("S01-refund-complaint")
    pair = paired(tmp_path, agent[4 * RATE :], caller)
    assert pair.note.startswith("agent.wav starts 4.0 s later than caller.wav")
    assert np.array_equal(pair.audio.samples()[:, 1][: len(caller)], caller)


def test_a_side_that_only_ends_earlier_is_padded_however_much_is_missing(tmp_path: Path) -> None:
    agent, caller = sides("S02-delivery-question")
    pair = paired(tmp_path, agent, caller[: -9 * RATE])
    assert pair.note.startswith("caller.wav ends 9.0 s earlier than agent.wav")
    assert pair.audio.damage == ()


def test_without_an_echo_a_small_difference_in_length_is_padded_and_told(tmp_path: Path) -> None:
    pair = paired(tmp_path, without_echo(20, 1), without_echo(19.3, 2))
    assert pair.note == (
        "caller.wav ends 0.7 s earlier than agent.wav; silence was added at its end."
    )
    assert not pair.audio.samples()[round(19.3 * RATE) :, 1].any()


def test_without_an_echo_a_large_difference_is_refused_with_both_lengths(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        paired(tmp_path, without_echo(20, 1), without_echo(14.5, 2))
    assert "agent.wav is 20.0 s long" in str(refused.value)
    assert "caller.wav 14.5 s: they differ by 5.5 s" in str(refused.value)


def test_sides_of_different_calls_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"they differ by 29\.5 s"):
        paired(tmp_path, sides("S01-refund-complaint")[0], sides("S02-delivery-question")[1])


def test_of_a_long_pair_without_echo_one_percent_may_be_missing(tmp_path: Path) -> None:
    pair = paired(tmp_path, without_echo(300, 1), without_echo(297.5, 2))
    assert pair.note.startswith("caller.wav ends 2.5 s earlier")


def test_one_file_with_two_channels_is_no_pair(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "call.wav", np.stack(sides("S02-delivery-question", 5), 1), RATE)
    prepared = prepare_audio([tmp_path / "call.wav"], tmp_path / "call.pcm")
    assert in_step(prepared, [tmp_path / "call.wav"]) == PreparedPair(prepared)


def test_an_import_tells_what_it_did_and_refuses_the_rest(tmp_path: Path) -> None:
    agent, caller = sides("S02-delivery-question")
    with open_workspace(tmp_path / "workspace") as workspace:
        shifted = files(tmp_path, agent, caller[2 * RATE :])
        report = import_calls(workspace, ImportOrder(pair=Pair(*shifted)))
        assert (len(report.imported), report.problems) == (1, ())
        (note,) = report.notes
        assert "caller.wav starts 2.0 s later than agent.wav" in note
    strange = files(tmp_path, without_echo(20, 1), without_echo(10, 2))
    with open_workspace(tmp_path / "other") as workspace:
        report = import_calls(workspace, ImportOrder(pair=Pair(*strange)))
        assert (report.imported, report.notes) == ((), ())
        assert "they differ by 10.0 s" in report.problems[0]
        assert len(list(workspace.audio_dir.iterdir())) == 0
