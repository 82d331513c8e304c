"""Loading a network for one thread and little memory."""

from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from callreview.config.language import _
from callreview.domain.errors import EnvironmentProblem

Floats = npt.NDArray[np.float32]


class Network(Protocol):
    """What is used of an ONNX Runtime session."""

    def run(self, outputs: None, inputs: dict[str, Floats]) -> list[Floats]:
        """Run the network and return its outputs."""
        ...


def open_network(file: Path) -> Network:
    """Load an ONNX file. Raises EnvironmentProblem when it is damaged."""
    import onnxruntime

    options: Any = onnxruntime.SessionOptions()
    # Speech recognition uses the other cores, and an arena would keep the largest batch in memory.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    try:
        network: Network = onnxruntime.InferenceSession(
            str(file), options, providers=["CPUExecutionProvider"]
        )
    except Exception as problem:  # its errors share no class of their own
        raise EnvironmentProblem(
            _("{file} cannot be loaded. Delete it and run: callreview models get speakers").format(
                file=file
            )
        ) from problem
    return network
