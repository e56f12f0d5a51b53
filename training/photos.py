"""The evaluation data as pictures and records. Its place comes from MEDLEY_EVALUATION_DATA; none of it is copied."""

import json
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lite0 import SIDE

Picture = NDArray[np.uint8]
CALIBRATION_FOLDERS = ["fashion/images", "ikea/images", "ikea/rooms", "grocery/photos"]


def data_folder() -> Path | None:
    """Where the evaluation data lies, or None when the setting or the folder is absent."""
    place = os.environ.get("MEDLEY_EVALUATION_DATA")
    return Path(place) if place and Path(place).is_dir() else None


def read_records(path: Path) -> list[dict]:
    """One JSON object per line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_picture(path: Path, resize: str = "contain-white") -> Picture:
    """A photo as the encoder wants it: uint8 [224, 224, 3], RGB."""
    with Image.open(path) as opened:
        return fit(opened.convert("RGB"), resize)


def fit(photo: Image.Image, resize: str) -> Picture:
    """Brings a photo to the square: stretched (`fill`), cut (`cover`) or whole on white (`contain-white`)."""
    if resize == "fill":
        return np.asarray(photo.resize((SIDE, SIDE), Image.Resampling.BILINEAR))
    ratios = SIDE / photo.width, SIDE / photo.height
    ratio = max(ratios) if resize == "cover" else min(ratios)
    size = max(1, round(photo.width * ratio)), max(1, round(photo.height * ratio))
    scaled = photo.resize(size, Image.Resampling.BILINEAR)
    square = Image.new("RGB", (SIDE, SIDE), "white")
    square.paste(scaled, ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2))
    return np.asarray(square)


def calibration_pictures(count: int = 200) -> list[Picture]:
    """`count` pictures that show the quantiser usual values: a mix of the data's photos, or generated ones."""
    data = data_folder()
    if data is None:
        print("MEDLEY_EVALUATION_DATA is not set: calibrating on generated pictures, quality will be lower.")
        return generated_pictures(count)
    each = count // len(CALIBRATION_FOLDERS)
    return [read_picture(path) for folder in CALIBRATION_FOLDERS for path in sample(data / folder, each)]


def sample(folder: Path, count: int) -> list[Path]:
    """`count` photos spread evenly over a folder's sorted names, so that two runs take the same."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in {".jpg", ".jpeg", ".png"})
    return paths[:: max(1, len(paths) // count)][:count]


def generated_pictures(count: int) -> list[Picture]:
    """Smooth random colour fields of several grain sizes, half of them as an object on white."""
    random = np.random.default_rng(0)
    pictures = []
    for number in range(count):
        grain = int(random.choice([3, 7, 14, 28, 112]))
        coarse = Image.fromarray(random.integers(0, 256, (grain, grain, 3), dtype=np.uint8))
        picture = np.array(coarse.resize((SIDE, SIDE), Image.Resampling.BICUBIC))
        if number % 2:
            picture[:40], picture[-40:], picture[:, :40], picture[:, -40:] = 255, 255, 255, 255
        pictures.append(picture)
    return pictures
