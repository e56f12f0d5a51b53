"""What every model folder carries beside its weights: a manifest with hashes, and a NOTICE."""

import hashlib
import json
from pathlib import Path

MODELS = Path(__file__).resolve().parent.parent / "models"


def describe_file(path: Path) -> dict[str, str | int]:
    """The size and hash by which a reader knows that a file is the one that was released."""
    content = path.read_bytes()
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def read_manifest(folder: Path) -> dict:
    """The manifest of a model folder, or an empty one where none was written yet."""
    path = folder / "manifest.json"
    return json.loads(path.read_text()) if path.exists() else {}


def write_manifest(folder: Path, manifest: dict, files: list[str]) -> None:
    """Writes `manifest.json` with the hashes of `files`. Figures measured on other weights are dropped."""
    described = {name: describe_file(folder / name) for name in files}
    before = read_manifest(folder)
    measured = before.get("measured", {}) if before.get("files") == described else {}
    save_manifest(folder, {**manifest, "files": described, "measured": measured})


def save_manifest(folder: Path, manifest: dict) -> None:
    """Writes `manifest.json` as it is handed in."""
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
