"""Writes the trained classifier as int8 ONNX with tokenizer and configuration.

Usage: python -m training.sentiment.export TRAINED_FOLDER DATA_FOLDER OUT_FOLDER --version V
"""

import argparse
import json
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.sentiment.calibration import best_temperature
from training.sentiment.corpora import LABELS
from training.sentiment.model import MAX_LENGTH, SentimentModel, encode, load, logits
from training.sentiment.prepare_data import read

MODEL_ID = "callreview-sentiment-en-ko"
OPSET = 17


def main() -> None:
    """Export, quantise, calibrate on the dev split and write config.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--version", required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    model, tokenizer = load(arguments.trained)
    arguments.out.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(arguments.out / "tokenizer.json"), pretty=False)
    dev = read(arguments.data / "dev.tsv")
    config = {
        "id": MODEL_ID,
        "version": arguments.version,
        "labels": LABELS,
        "max_length": MAX_LENGTH,
        "pad_id": 1,
        "temperature": best_temperature(dev, logits(model, tokenizer, dev)),
    }
    (arguments.out / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    ids, mask = encode(tokenizer, ["a sentence to trace the model with", "and one more"])
    write_int8(model, (ids, mask), arguments.out / "model.onnx")
    print(config)


def write_int8(
    model: SentimentModel, example: tuple[torch.Tensor, torch.Tensor], out: Path
) -> None:
    """Write the model with 8-bit weights per channel, embeddings (Gather) too."""
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
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
            out,
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
        )


if __name__ == "__main__":
    main()
