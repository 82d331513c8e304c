"""Where the processing of one call is, in words: seconds of speech done, and the time left."""

import time
from collections.abc import Callable
from dataclasses import replace

from callreview.config.language import _
from callreview.pipeline.jobs import Stage, StageProgress
from callreview.services.progress import Progress

# What part of the work each stage is: recognising takes nearly all of the time.
_FROM: dict[Stage, float] = {"loading": 0.0, "speech": 0.02, "speakers": 0.85, "analysis": 0.95}
_TO: dict[Stage, float] = {"loading": 0.02, "speech": 0.85, "speakers": 0.95, "analysis": 0.95}

# Sooner, the time left is a guess.
_TELLING_S = 2.0


class CallProgress:
    """Turns the stages of one call into progress over all of them.

    `at` is where the batch is; `clock` counts seconds.
    """

    def __init__(self, at: Progress, clock: Callable[[], float] = time.monotonic) -> None:
        self._at, self._clock = at, clock
        self._stage: Stage | None = None
        self._began_at = self._began_with_s = 0.0

    def at(self, stage: StageProgress) -> Progress:
        """Where the call is; reports of a stage have to come in their order."""
        if stage.stage != self._stage:
            self._stage = stage.stage
            self._began_at, self._began_with_s = self._clock(), stage.done_s
        start, end = _FROM[stage.stage], _TO[stage.stage]
        return replace(
            self._at, stage=self._words(stage), fraction=start + (end - start) * stage.fraction
        )

    def _words(self, stage: StageProgress) -> str:
        if stage.stage == "speech" and stage.total_s:
            return self._with_time_left(_("transcribing, {done} of {total} s of speech"), stage)
        if stage.stage == "speakers" and stage.total_s:
            return self._with_time_left(_("telling speakers apart, {done} of {total} s"), stage)
        names = {
            "loading": _("loading the model"),
            "speech": _("listening for speech"),
            "speakers": _("telling speakers apart"),
            "analysis": _("analysing"),
        }
        return names[stage.stage]

    def _with_time_left(self, text: str, stage: StageProgress) -> str:
        words = text.format(done=round(stage.done_s), total=round(stage.total_s))
        passed_s = self._clock() - self._began_at
        done_s = stage.done_s - self._began_with_s
        if passed_s < _TELLING_S or done_s <= 0 or stage.done_s >= stage.total_s:
            return words
        left_s = passed_s * (stage.total_s - stage.done_s) / done_s
        return f"{words}, {_left(left_s)}"


def _left(seconds: float) -> str:
    if seconds < 90:
        return _("about {seconds} s left").format(seconds=max(round(seconds), 1))
    return _("about {minutes} min left").format(minutes=round(seconds / 60))
