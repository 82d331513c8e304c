"""Writes the trained classifier as int8 ONNX with tokenizer and configuration.

Usage: python -m training.sentiment.export TRAINED_FOLDER DATA_FOLDER OUT_FOLDER --version V
"""

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from training.onnx_graph import optimise
from training.sentiment.calibration import calibrations
from training.sentiment.corpora import LABELS, Example
from training.sentiment.metrics import Matrix
from training.sentiment.model import MAX_LENGTH, SentimentModel, encode, load
from training.sentiment.prepare_data import read

MODEL_ID = "callreview-sentiment-en-ko"
OPSET = 17
OUTLIER_LAYERS = {12: (0, 4, 5), 6: (0, 2)}
"""By the number of layers: those whose inner activations are 12 to 33 times the median at worst."""


def main() -> None:
    """Export, quantise, calibrate on the dev split and write config.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--id", default=MODEL_ID)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    model, tokenizer = load(arguments.trained)
    arguments.out.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(arguments.out / "tokenizer.json"), pretty=False)
    ids, mask = encode(tokenizer, ["a sentence to trace the model with", "and one more"])
    write_int8(model, (ids, mask), arguments.out / "model.onnx")
    dev = read(arguments.data / "dev.tsv")
    given = onnx_logits(arguments.out / "model.onnx", tokenizer, dev)
    config = {
        "id": arguments.id,
        "version": arguments.version,
        "labels": LABELS,
        "max_length": MAX_LENGTH,
        "pad_id": 1,
        "optimised": True,
        "calibration": calibrations(dev, given),
    }
    (arguments.out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    print(config)


def onnx_logits(path: Path, tokenizer: Tokenizer, examples: list[Example]) -> Matrix:
    """Return the logits of the exported model, texts x 3, in the order of the examples."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].text))
    result = np.zeros((len(examples), len(LABELS)))
    for start in range(0, len(order), 32):
        rows = order[start : start + 32]
        ids, mask = encode(tokenizer, [examples[i].text for i in rows])
        given = {"input_ids": ids.numpy(), "attention_mask": mask.numpy()}
        result[rows] = session.run(None, given)[0]
    return result


def write_int8(
    model: SentimentModel, example: tuple[torch.Tensor, torch.Tensor], out: Path
) -> None:
    """Write the model with 8-bit weights per channel, embeddings (Gather) too, ready to load."""
    with tempfile.TemporaryDirectory() as folder:
        full, int8 = (Path(folder) / f"{name}.onnx" for name in ("full", "int8"))
        torch.onnx.export(
            model,
            example,
            str(full),
            input_names=["input_ids", "attention_mask"],
            output_names=["logits"],
            dynamic_axes={
                "input_ids": {0: "texts", 1: "pieces"},
                "attention_mask": {0: "texts", 1: "pieces"},
                "logits": {0: "texts"},
            },
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            full,
            int8,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=kept_whole(full, len(model.encoder.encoder.layer)),
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
        optimise(onnx.load(str(int8)), out)


def kept_whole(full: Path, layers: int) -> list[str]:
    """Return the nodes that stay in 32 bits: those whose input is 10 times larger for a few pieces.

    8-bit inputs have one scale for a whole batch: such pieces would blur all texts beside them.
    """
    outliers = OUTLIER_LAYERS.get(layers, ())
    wanted = tuple(f"layer.{layer}/output/dense/MatMul" for layer in outliers)
    names = [node.name for node in onnx.load(str(full)).graph.node]
    return [name for name in names if name.endswith(wanted)]


if __name__ == "__main__":
    main()
