"""Writes a trained network as ONNX, and proves that the file says the same."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

OPSET = 17
TOLERANCE = 1e-4


def export_head(network: nn.Module, inputs: Mapping[str, int], path: Path) -> None:
    """
    Inputs by name with their dims, in the order of the network's arguments: float32 [batch, dims]; output `vector` [batch, dims].
    Inputs that the network does not use are not in the file.
    Raises AssertionError where the runtime answers otherwise than the network.
    """
    network = network.eval()
    names = [*inputs, "vector"]
    torch.onnx.export(
        network,
        tuple(torch.randn(2, dims) for dims in inputs.values()),
        str(path),
        dynamo=False,
        opset_version=OPSET,
        input_names=list(inputs),
        output_names=["vector"],
        dynamic_axes={name: {0: "batch"} for name in names},
    )
    onnx.checker.check_model(str(path))
    samples = {name: torch.randn(5, dims) for name, dims in inputs.items()}
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    used = [one.name for one in session.get_inputs()]
    answered = session.run(["vector"], {name: samples[name].numpy() for name in used})[0]
    with torch.no_grad():
        expected = network(*samples.values()).numpy()
    assert np.abs(answered - expected).max() < TOLERANCE, "the exported model answers otherwise than the trained one"
