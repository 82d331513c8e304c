"""Writing an ONNX model file: nodes, constants and the bytes around them.

The `onnx` package takes 60 MB and is needed for this alone, so the few messages used here are
written as https://github.com/onnx/onnx/blob/main/onnx/onnx.proto numbers their fields.
"""

import struct
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.generic]
Attribute = int | float | str | Sequence[int]

_IR_VERSION, _OPSET = 9, 18
_FLOAT32 = 1
_TENSOR_TYPES = {"float32": _FLOAT32, "int64": 7, "float16": 10}
_ATTRIBUTE_FLOAT, _ATTRIBUTE_INT, _ATTRIBUTE_STRING, _ATTRIBUTE_INTS = 1, 2, 3, 7
# Smaller constants are kept as they are: there is nothing to save.
_WORTH_HALVING = 256


class Graph:
    """A network in the making; `op` and `constant` return the names of what they add.

    With `halved`, large constants are stored in 16 bits and brought back to 32 on loading.
    """

    def __init__(self, halved: bool) -> None:
        self._halved = halved
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []
        self._count = 0

    def op(self, kind: str, *inputs: str, **attributes: Attribute) -> str:
        """Add an operator with one output."""
        return self.op_with_outputs(kind, inputs, 1, **attributes)[0]

    def op_with_outputs(
        self, kind: str, inputs: Sequence[str], outputs: int, **attributes: Attribute
    ) -> list[str]:
        """Add an operator with several outputs; an empty input name leaves that input out."""
        names = [self._name(kind) for _ in range(outputs)]
        parts = [_text(1, name) for name in inputs]
        parts += [_text(2, name) for name in names]
        parts.append(_text(4, kind))
        parts += [_bytes(5, _attribute(name, value)) for name, value in attributes.items()]
        self._nodes.append(b"".join(parts))
        return names

    def constant(self, values: npt.ArrayLike) -> str:
        """Add a constant: float32, float16 or int64."""
        array = np.ascontiguousarray(values)
        name = self._name("constant")
        if self._halved and array.dtype == np.float32 and array.size > _WORTH_HALVING:
            self._constants.append(_tensor(name, array.astype(np.float16)))
            return self.op("Cast", name, to=_FLOAT32)
        self._constants.append(_tensor(name, array))
        return name

    def integers(self, *values: int) -> str:
        """Add a constant list of 64-bit integers."""
        return self.constant(np.array(values, np.int64))

    def model(
        self, name: str, source: str, given: tuple[str, Sequence[str | int]], result: str
    ) -> bytes:
        """The bytes of the model file.

        `given` is the one float input with its shape (names stand for sizes that vary), `result`
        the operator output that is called "output".
        """
        self._nodes.append(_text(1, result) + _text(2, "output") + _text(4, "Identity"))
        graph = [_bytes(1, node) for node in self._nodes]
        graph.append(_text(2, name))
        graph += [_bytes(5, constant) for constant in self._constants]
        graph.append(_bytes(11, _value(*given)))
        graph.append(_bytes(12, _text(1, "output") + _bytes(2, _float_type(None))))
        opset = _bytes(8, _text(1, "") + _number(2, _OPSET))
        head = _number(1, _IR_VERSION) + _text(2, "CallReview") + _text(6, source)
        return head + _bytes(7, b"".join(graph)) + opset

    def _name(self, stem: str) -> str:
        self._count += 1
        return f"{stem}{self._count}"


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    digits = bytearray()
    while value > 0x7F:
        digits.append(value & 0x7F | 0x80)
        value >>= 7
    digits.append(value)
    return bytes(digits)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _attribute(name: str, value: Attribute) -> bytes:
    head = _text(1, name)
    if isinstance(value, int):
        return head + _number(3, value) + _number(20, _ATTRIBUTE_INT)
    if isinstance(value, float):
        fixed = _varint(2 << 3 | 5) + struct.pack("<f", value)
        return head + fixed + _number(20, _ATTRIBUTE_FLOAT)
    if isinstance(value, str):
        return head + _text(4, value) + _number(20, _ATTRIBUTE_STRING)
    numbers = b"".join(_number(8, one) for one in value)
    return head + numbers + _number(20, _ATTRIBUTE_INTS)


def _tensor(name: str, array: Array) -> bytes:
    kind = _TENSOR_TYPES[array.dtype.name]
    dimensions = b"".join(_number(1, size) for size in array.shape)
    data = array.astype(array.dtype.newbyteorder("<")).tobytes()
    return dimensions + _number(2, kind) + _text(8, name) + _bytes(9, data)


def _value(name: str, shape: Iterable[str | int]) -> bytes:
    sizes = (_text(2, size) if isinstance(size, str) else _number(1, size) for size in shape)
    return _text(1, name) + _bytes(2, _float_type(b"".join(_bytes(1, size) for size in sizes)))


def _float_type(shape: bytes | None) -> bytes:
    return _bytes(1, _number(1, _FLOAT32) + (b"" if shape is None else _bytes(2, shape)))
