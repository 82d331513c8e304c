import pytest

from callreview.pipeline.jobs import StageProgress
from callreview.services.call_progress import CallProgress
from callreview.services.progress import Progress

AT = Progress(2, 5, "C-17", "", 0.0)


class Clock:
    """A clock that stands where it is put, in seconds."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_progress_tells_the_seconds_of_speech_and_the_time_left() -> None:
    clock = Clock()
    progress = CallProgress(AT, clock)
    progress.at(StageProgress("speech", 0.0, 200.0))
    clock.now_s += 10
    shown = progress.at(StageProgress("speech", 50.0, 200.0))
    assert shown.stage == "transcribing, 50 of 200 s of speech, about 30 s left"
    assert (shown.item, shown.total, shown.name) == (2, 5, "C-17")


def test_a_long_rest_is_told_in_minutes_and_a_guess_is_not_told() -> None:
    clock = Clock()
    progress = CallProgress(AT, clock)
    progress.at(StageProgress("speech", 0.0, 7200.0))
    clock.now_s += 1
    assert "left" not in progress.at(StageProgress("speech", 30.0, 7200.0)).stage
    clock.now_s += 9
    assert "about 40 min left" in progress.at(StageProgress("speech", 30.0, 7200.0)).stage


def test_what_was_done_before_a_restart_does_not_make_the_rest_look_quick() -> None:
    clock = Clock()
    progress = CallProgress(AT, clock)
    progress.at(StageProgress("speech", 900.0, 1000.0))
    clock.now_s += 10
    assert "about 40 s left" in progress.at(StageProgress("speech", 920.0, 1000.0)).stage


def test_the_bar_never_goes_back_over_the_stages_of_a_call() -> None:
    progress = CallProgress(AT)
    stages = [
        StageProgress("loading"),
        *(StageProgress("speech", done_s, 60.0) for done_s in (0.0, 30.0, 60.0)),
        *(StageProgress("speakers", done_s, 60.0) for done_s in (0.0, 60.0)),
        StageProgress("analysis"),
    ]
    fractions = [progress.at(stage).fraction for stage in stages]
    assert fractions == sorted(fractions)
    assert fractions[-1] == pytest.approx(0.95)
