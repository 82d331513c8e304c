"""Reading a PyTorch checkpoint (a zip of raw tensors and a pickle) without torch.

A pickle can run any code. This reader knows four names and refuses every other one, so a
checkpoint can hold tensors, numbers, text and plain containers and nothing else.
Format: https://docs.pytorch.org/docs/stable/notes/serialization.html
"""

import pickle
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import numpy.typing as npt

Tensors = dict[str, npt.NDArray[np.float32]]

_TYPES: dict[str, type[np.generic]] = {
    "FloatStorage": np.float32,
    "LongStorage": np.int64,
}
_Storage = tuple[type[np.generic], str]


class RefusedCheckpoint(Exception):
    """The file is no checkpoint, or holds more than tensors."""


def read_checkpoint(path: Path) -> Tensors:
    """The float tensors of a checkpoint by name, out of its `state_dict` where it has one.

    Raises RefusedCheckpoint when the file is damaged or names anything but tensors.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            content = _Unpickler(archive).load()
    except (pickle.UnpicklingError, zipfile.BadZipFile, LookupError, EOFError) as problem:
        raise RefusedCheckpoint(str(problem)) from problem
    if not isinstance(content, dict):
        raise RefusedCheckpoint("no tensors by name")
    tensors = content.get("state_dict", content)
    return {
        name: value
        for name, value in tensors.items()
        if isinstance(value, np.ndarray) and value.dtype == np.float32
    }


class _Unpickler(pickle.Unpickler):
    """Builds tensors and plain containers; raises UnpicklingError at any other name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        (index,) = (name for name in archive.namelist() if name.endswith("/data.pkl"))
        super().__init__(archive.open(index))
        self._archive = archive
        self._folder = index.removesuffix("data.pkl")

    def find_class(self, module: str, name: str) -> object:
        """The few names a checkpoint of tensors needs."""
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return self._tensor
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if module == "torch" and name in _TYPES:
            return _TYPES[name]
        raise pickle.UnpicklingError(f"it names {module}.{name}, which is no tensor")

    def persistent_load(self, pid: tuple[str, type[np.generic], str, str, int]) -> _Storage:
        """Where the numbers of a tensor lie: their type and the name of their file."""
        _kind, kind_of_number, key, _device, _count = pid
        return kind_of_number, key

    def _tensor(
        self,
        storage: _Storage,
        offset: int,
        size: tuple[int, ...],
        stride: tuple[int, ...],
        *_others: object,
    ) -> npt.NDArray[np.generic]:
        kind, key = storage
        numbers = np.frombuffer(self._archive.read(f"{self._folder}data/{key}"), dtype=kind)
        row_major = tuple(int(np.prod(size[axis + 1 :])) for axis in range(len(size)))
        if stride != row_major and int(np.prod(size)) > 1:
            raise pickle.UnpicklingError("a tensor that is not stored in rows")
        return numbers[offset : offset + int(np.prod(size))].reshape(size).copy()
