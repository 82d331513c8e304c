"""Makes an ONNX model quick on processors and ready to load without optimising it again."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import onnx
import onnxruntime
import torch
from onnx import NodeProto, helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)
from onnxruntime.quantization.quant_utils import QuantFormat
from torch import nn

FUSED = "SkipLayerNormalization"
BLOCK = 32
"""So many numbers of an embedding share a scale."""
OPSET = 17


def write_small(
    model: nn.Module,
    ids: torch.Tensor,
    output: dict[str, dict[int, str]],
    out: Path,
) -> None:
    """Save a model of piece ids and mask with its matrices in 8 bits and its embeddings in 4, ready to load.

    It is traced with the ids (texts x pieces); `output` is the output's name with those of its axes.
    """
    axes = {0: "texts", 1: "pieces"}
    with tempfile.TemporaryDirectory() as folder:
        full, eight = Path(folder) / "full.onnx", Path(folder) / "eight.onnx"
        torch.onnx.export(
            model.eval(),
            (ids, torch.ones_like(ids)),
            str(full),
            input_names=["input_ids", "attention_mask"],
            output_names=[*output],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, **output},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            full,
            eight,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
        )
        optimise(_four_bit_embeddings(eight), out)


def optimise(model: onnx.ModelProto, out: Path) -> None:
    """Save the graph as ONNX Runtime has it after optimising, as far as every processor can run it.

    Optimisations for the layout would hold for this processor only.
    """
    with tempfile.TemporaryDirectory() as folder:
        given, optimised = (Path(folder) / f"{name}.onnx" for name in ("given", "optimised"))
        onnx.save(model, str(given))
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = str(optimised)
        onnxruntime.InferenceSession(str(given), options, providers=["CPUExecutionProvider"])
        onnx.save(split_skip_normalisation(onnx.load(str(optimised))), str(out))


def split_skip_normalisation(model: onnx.ModelProto) -> onnx.ModelProto:
    """Make each sum and its layer normalisation nodes of their own, and return the model.

    A `SkipLayerNormalization` took 1.7 ms where `Add` and `LayerNormalization` take 0.3 (ONNX
    Runtime 1.31.1, one thread, 480 x 384): a fifth of a model's time.
    """
    nodes = [part for node in model.graph.node for part in _parts(node)]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model


def _parts(node: NodeProto) -> Iterator[NodeProto]:
    if node.op_type != FUSED:
        yield node
        return
    given, skipped, gamma, beta, *bias = node.input
    out = node.output[0]
    for number, added in enumerate((*bias, skipped)):
        summed = f"{out}_sum_{number}"
        yield helper.make_node("Add", [given, added], [summed], name=summed)
        given = summed
    epsilon = next(one.f for one in node.attribute if one.name == "epsilon")
    yield helper.make_node(
        "LayerNormalization", [given, gamma, beta], [out], name=node.name, axis=-1, epsilon=epsilon
    )


def _four_bit_embeddings(path: Path) -> onnx.ModelProto:
    """Return the model with its embeddings in 4 bits, a scale for each `BLOCK` of them."""
    options = {"block_size": BLOCK, "is_symmetric": True, "op_types_to_quantize": ("Gather",)}
    config = DefaultWeightOnlyQuantConfig(quant_format=QuantFormat.QOperator, **options)
    quantizer = MatMulNBitsQuantizer(onnx.load(path), **options, algo_config=config)
    quantizer.process()
    return quantizer.model.model
