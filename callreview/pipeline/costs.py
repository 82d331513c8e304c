"""What each stage of a job costs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from callreview.domain.transcript import StageCost


class Costs:
    """Collects the cost of stages as they are done, in their order."""

    def __init__(self) -> None:
        self.stages: tuple[StageCost, ...] = ()

    @contextmanager
    def of(self, stage: str, model: str) -> Iterator[None]:
        """Measure what happens in the block: wall clock, and the processor time of all threads."""
        wall_s, cpu_s = time.perf_counter(), time.process_time()
        yield
        wall_s, cpu_s = time.perf_counter() - wall_s, time.process_time() - cpu_s
        self.stages += (StageCost(stage, model, round(wall_s, 3), round(cpu_s, 3)),)
