"""Measures the weights in models/ again, and writes the figures into their manifests.

Needs the evaluation data (MEDLEY_EVALUATION_DATA); says so and stops when it is absent.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

import export_picture
import export_text
from manifests import MODELS, read_manifest, save_manifest
from photos import Picture, data_folder, read_picture, read_records

Matrix = NDArray[np.float32]
SEED = 1
RIDGE = 300
HELD_OUT = 1500


def open_session(path: Path, threads: int = 2) -> onnxruntime.InferenceSession:
    """A session on the CPU with a fixed number of threads."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def encode_texts(model: Path, texts: list[str], threads: int = 2) -> Matrix:
    """Each text by itself, as queries come: [texts, 384], rows of length 1."""
    session, tokenizer = open_session(model, threads), Tokenizer.from_file(str(MODELS / export_text.NAME / "tokenizer.json"))
    return np.vstack([encode_text(session, tokenizer, text) for text in texts])


def encode_text(session: onnxruntime.InferenceSession, tokenizer: Tokenizer, text: str) -> Matrix:
    """One text -> [1, 384]."""
    ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
    return session.run(["vector"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]


def encode_pictures(model: Path, paths: list[Path], resize: str = "contain-white") -> Matrix:
    """Each photo by itself: [photos, dims]."""
    session = open_session(model)
    return np.vstack([session.run(["features"], {"pixels": read_picture(path, resize)[None]})[0] for path in paths])


def milliseconds(call: Callable[[], object], times: int = 200) -> float:
    """Median time of a call after ten to warm up."""
    taken = []
    for _ in range(times + 10):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return round(float(np.median(taken[10:])) * 1000, 2)


def unit(rows: Matrix) -> Matrix:
    """Every row scaled to length 1: [n, d] -> [n, d]."""
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def cosines(left: Matrix, right: Matrix) -> dict[str, float]:
    """How closely two matrices [n, d] agree, row by row."""
    agreement = (unit(left) * unit(right)).sum(1)
    return {"mean": round(float(agreement.mean()), 4), "min": round(float(agreement.min()), 4)}


def attribute_recall(model: Path, products: list[dict], encode: Callable[[Path, list[str]], Matrix]) -> float:
    """
    Recall at 10 of "colour gender type" queries over titles: of the items with all three attributes
    (at most 10 count), the part among the first ten.
    """
    keys = [f"{p['baseColour']} {p['gender']} {p['articleType']}".lower() for p in products]
    queries = sorted(set(keys))
    scores = encode(model, queries) @ encode(model, [p["title"] for p in products]).T
    relevant = np.array(queries)[:, None] == np.array(keys)
    top = np.argsort(-scores, axis=1)[:, :10]
    found = np.take_along_axis(relevant, top, 1).sum(1)
    return round(float((found / np.minimum(relevant.sum(1), 10)).mean()), 3)


def measure_text(fp32: Path, products: list[dict]) -> dict:
    """The figures of the text model."""
    model = MODELS / export_text.NAME / "model.onnx"
    picked = np.random.default_rng(SEED).permutation(len(products))[:1500]
    sample = [products[i] for i in picked]
    titles = [product["title"] for product in sample]
    red, crimson, charger = encode_texts(model, ["red summer dress", "crimson sundress", "laptop charger"])
    session, tokenizer = open_session(model, 1), Tokenizer.from_file(str(model.parent / "tokenizer.json"))
    turn = iter(titles * 2)
    return {
        "cosineToFp32": cosines(encode_texts(model, titles), encode_texts(fp32, titles)),
        "pairCosine": {"red summer dress / crimson sundress": round(float(red @ crimson), 3), "red summer dress / laptop charger": round(float(red @ charger), 3)},
        "attributeRecallAt10": {"int8": attribute_recall(model, sample, encode_texts), "fp32": attribute_recall(fp32, sample, encode_texts)},
        "millisecondsPerTitleOneThread": milliseconds(lambda: encode_text(session, tokenizer, next(turn))),
    }


def treat(features: Matrix, blocks: list[dict]) -> Matrix:
    """What a catalogue does to its features before it compares them: [n, dims] -> [n, dims], centred."""
    treated = []
    for block in blocks:
        part = features[:, block["offset"] : block["offset"] + block["dims"]]
        if block["treatment"] == "standardise":
            part = np.clip((part - part.mean(0)) / (part.std(0) + 1e-6), -block["clip"], block["clip"])
        treated.append(part * block["scale"])
    joined = np.hstack(treated)
    return (joined - joined.mean(0)).astype(np.float32)


def neighbours_agree(rows: Matrix, products: list[dict]) -> dict[str, float]:
    """Of the 10 nearest other photos, the part with the same type and the part with the same colour."""
    rows = unit(rows)
    agreement = {}
    nearest = []
    for start in range(0, len(rows), 1000):
        scores = rows[start : start + 1000] @ rows.T
        scores[np.arange(len(scores)), np.arange(start, start + len(scores))] = -2
        nearest.append(np.argpartition(-scores, 10, axis=1)[:, :10])
    for name, field in {"type": "articleType", "colour": "baseColour"}.items():
        labels = np.array([product[field] for product in products])
        agreement[name] = round(float((labels[np.vstack(nearest)] == labels[:, None]).mean()), 3)
    return agreement


def bridge_recall(pictures: Matrix, texts: Matrix) -> dict[str, float]:
    """Held-out titles that find their own photo over a ridge regression from pictures to texts."""
    order = np.random.default_rng(SEED).permutation(len(pictures))
    test, train = order[:HELD_OUT], order[HELD_OUT:]
    centre, offset = pictures[train].mean(0), texts[train].mean(0)
    x, y = pictures[train] - centre, texts[train] - offset
    weights = np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1], dtype=np.float32), x.T @ y)
    scores = unit(texts[test] - offset) @ unit((pictures[test] - centre) @ weights).T
    rank = (scores > np.diag(scores)[:, None]).sum(1)
    return {"recallAt1": round(float((rank < 1).mean()), 3), "recallAt10": round(float((rank < 10).mean()), 3)}


def shop_photo_accuracy(model: Path, data: Path, resize: str) -> float:
    """Shop photos of 81 groceries, each compared with the products' own pictures: part that finds its product first."""
    products, photos = read_records(data / "grocery/products.jsonl"), read_records(data / "grocery/photos.jsonl")
    catalogue = encode_pictures(model, [data / "grocery" / product["image"] for product in products], resize)[:, :1280]
    queries = encode_pictures(model, [data / "grocery" / photo["image"] for photo in photos], resize)[:, :1280]
    centre = catalogue.mean(0)
    best = (unit(queries - centre) @ unit(catalogue - centre).T).argmax(1)
    return round(float(np.mean([products[i]["id"] == photo["productId"] for i, photo in zip(best, photos)])), 3)


def block_cosines(int8: Matrix, fp32: Matrix, blocks: list[dict]) -> dict[str, dict[str, float]]:
    """How closely int8 follows fp32 in each block, after the treatment of a catalogue."""
    ranges = {block["name"]: slice(block["offset"], block["offset"] + block["dims"]) for block in blocks}
    left, right = treat(int8, blocks), treat(fp32, blocks)
    return {name: cosines(left[:, part], right[:, part]) for name, part in ranges.items()}


def measure_picture(fp32: Path, products: list[dict], data: Path) -> dict:
    """The figures of the picture model."""
    model, blocks = MODELS / export_picture.NAME / "model.onnx", export_picture.BLOCKS
    paths = [data / "fashion" / product["image"] for product in products]
    features = {"int8": encode_pictures(model, paths), "fp32": encode_pictures(fp32, paths)}
    texts = encode_texts(MODELS / export_text.NAME / "model.onnx", [product["title"] for product in products])
    session, picture = open_session(model, 1), read_picture(paths[0])[None]
    return {
        "cosineToFp32": block_cosines(features["int8"], features["fp32"], blocks),
        "tenNearestAgree": {name: neighbours_agree(treat(rows, blocks), products) for name, rows in features.items()},
        "tenNearestAgreeBackboneAlone": {name: neighbours_agree(treat(rows, blocks[:1]), products) for name, rows in features.items()},
        "titleToPhotoOverBridge": {name: bridge_recall(treat(rows, blocks), texts) for name, rows in features.items()},
        "shopPhotoTop1Of81": {resize: shop_photo_accuracy(model, data, resize) for resize in ["fill", "cover", "contain-white"]},
        "millisecondsPerPictureOneThread": milliseconds(lambda: session.run(["features"], {"pixels": picture})),
    }


def main() -> None:
    """Measures one or both models; `--only text` or `--only picture`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["text", "picture"])
    only, data = parser.parse_args().only, data_folder()
    if data is None:
        print("Nothing measured: MEDLEY_EVALUATION_DATA does not name the folder of the evaluation data.")
        return
    products = read_records(data / "fashion/products.jsonl")
    with tempfile.TemporaryDirectory() as scratch:
        fp32 = Path(scratch) / "fp32.onnx"
        if only != "picture":
            export_text.export_fp32(fp32)
            record(MODELS / export_text.NAME, measure_text(fp32, products))
        if only != "text":
            export_picture.export_fp32(fp32)
            record(MODELS / export_picture.NAME, measure_picture(fp32, products, data))


def record(folder: Path, measured: dict) -> None:
    """Puts the figures into the manifest and prints them."""
    save_manifest(folder, {**read_manifest(folder), "measured": measured})
    for name, figure in measured.items():
        print(f"{folder.name} {name}: {figure}")


if __name__ == "__main__":
    main()
