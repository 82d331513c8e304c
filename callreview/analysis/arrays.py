"""The type of arrays that analysis computes with."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
