"""Reads and writes what TypeScript packs (subgraphs/retrieval/catalogue/fitting/packed.ts): facts as JSON, then arrays."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


def aligned(length: int) -> int:
    """The next multiple of four."""
    return -(-length // 4) * 4


def read_packed(path: Path) -> tuple[dict, dict[str, Array]]:
    """The facts, and the arrays by name, each in one dimension."""
    content = path.read_bytes()
    length = int.from_bytes(content[:4], "little")
    head = json.loads(content[4 : 4 + length])
    at, arrays = aligned(4 + length), {}
    for name, count, *_ in head["lengths"]:
        arrays[name] = np.frombuffer(content, "<f4", count, at)
        at += count * 4
    return head["facts"], arrays


def write_packed(path: Path, facts: dict, arrays: Mapping[str, Array]) -> None:
    """The inverse; arrays of any shape are written row by row."""
    flat = {name: np.ascontiguousarray(array, "<f4").ravel() for name, array in arrays.items()}
    head = {"facts": facts, "lengths": [[name, len(array), "f4"] for name, array in flat.items()]}
    text = json.dumps(head).encode()
    padding = b"\0" * (aligned(4 + len(text)) - 4 - len(text))
    path.write_bytes(len(text).to_bytes(4, "little") + text + padding + b"".join(array.tobytes() for array in flat.values()))
