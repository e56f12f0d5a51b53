"""
Trains the item vector of a catalogue: the transformer arm of item_vector.py on what the catalogue itself says and what its viewers
searched and chose.

`medley train-item-vector` exports the input (subgraphs/retrieval/catalogue/training/item-vector-input.ts), runs this and keeps what it makes:
`item.onnx` for items, `text.onnx` and `picture.onnx` for queries. Items may lack a picture or say no more than a title, with zeros in
its place; and whatever a picture shows is not to be learned from words alone. So in training each of the two is taken from some items.
Of items with several pictures the tower sees the mean, as of all, and each of the first few alone, a token a block of features.
"""

import json
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from exchange import read_packed
from export_head import export_head
from item_vector import DECAY, RATE, TASKS, Arm, ItemTower, Shop, Towers, draw, loss_of, shares_of
from trainer import all_alike, fit, order, seeded, told

STEPS = 600
INPUTS = ("title", "more", "features", "photos")
BLIND, TERSE = 0.1, 0.25
"""How many items of a batch are seen without their picture, and with their title alone."""


@dataclass(frozen=True)
class Catalogue(Shop):
    """A shop whose items may have several pictures."""

    photos: Tensor | None = None
    """Of items with several pictures each alone, end to end, with zeros for those that are lacking; the first row has none."""
    place: Tensor | None = None
    """By item: the row of its photos."""

    def seen(self, items: Tensor) -> tuple[Tensor, ...]:
        """With the photos where any item has several."""
        own = super().seen(items)
        return own if self.photos is None or self.place is None else (*own, self.photos[self.place[items]])


def read_shop(path: Path) -> Catalogue:
    """The packed catalogue. Who fits what takes a byte each."""
    facts, arrays = read_packed(path)
    count, answers, several = facts["items"], facts["answers"], facts.get("several", [])
    alone = arrays.pop("photos", None)
    rows = {name: torch.tensor(array).view(count if name in ("title", "more", "features") else len(answers[name]), -1) for name, array in arrays.items()}
    fits = {}
    for task in TASKS:
        fits[task] = torch.zeros(len(answers[task]), count, dtype=torch.uint8)
        for query, items in enumerate(answers[task]):
            fits[task][query, items] = 1
    blocks = {block["name"]: slice(block["offset"], block["offset"] + block["dims"]) for block in facts["blocks"]}
    own = (rows["title"], rows["more"], rows["features"], blocks, {task: rows[task] for task in TASKS}, answers, fits)
    if not several:
        return Catalogue(*own)
    photos = torch.tensor(alone).view(len(several), -1)
    place = torch.zeros(count, dtype=torch.long)
    place[several] = torch.arange(1, len(several) + 1)
    return Catalogue(*own, torch.cat([torch.zeros_like(photos[:1]), photos]), place)


class HardenedTower(ItemTower):
    """The same tower, trained to do without a picture, and without more than a title."""

    def forward(self, title: Tensor, more: Tensor, features: Tensor, photos: Tensor | None = None) -> Tensor:
        if self.training:
            chance = torch.rand(len(title), 1)
            features = features * (chance >= BLIND)
            more = more * ((chance < BLIND) | (chance >= BLIND + TERSE))
            photos = None if photos is None else photos * (chance >= BLIND)
        if photos is None:
            return super().forward(title, more, features)
        each = photos.reshape(photos.shape[0], -1, features.shape[1])
        lacking = each.abs().sum(2) == 0
        alone = [self.maps[name](each[:, :, part]) for name, part in self.blocks.items()]
        tokens = self.tokens(title, more, features)
        absent = torch.cat([torch.zeros_like(tokens[:, :, 0], dtype=torch.bool), *[lacking for _ in alone]], 1)
        return functional.normalize(self.head(self.read(torch.cat([tokens, *alone], 1), absent)), dim=-1)


def train(shop: Shop, seed: int = 0, steps: int = STEPS) -> Towers:
    """Both tasks in every batch."""
    chance = seeded(seed)
    arm = Arm("item vector")
    towers = Towers(arm, shop)
    towers.item = HardenedTower(arm, shop)
    shares = shares_of(shop, chance)
    losses = (sum(loss_of(towers, shop, draw(shop, task, chance), shares[task]) for task in arm.tasks) for _ in range(steps))
    return fit(towers, told(losses, steps), steps, all_alike(towers, RATE, DECAY))


def export(towers: Towers, shop: Shop, folder: Path) -> None:
    """A model for items, and one for the queries of each task."""
    seen = shop.seen(torch.zeros(1, dtype=torch.long))
    export_head(towers.item, {name: one.shape[1] for name, one in zip(INPUTS, seen)}, folder / "item.onnx")
    for task in TASKS:
        export_head(towers.query[task], {"query": shop.queries[task].shape[1]}, folder / f"{task}.onnx")


def main() -> None:
    """Prints one line of JSON: what it took."""
    arguments = order(__doc__, "shop", "item.onnx, text.onnx and picture.onnx", steps=STEPS)
    shop, started = read_shop(arguments.shop), time.perf_counter()
    export(train(shop, arguments.seed, arguments.steps), shop, arguments.folder)
    print(json.dumps({"seconds": round(time.perf_counter() - started)}))


if __name__ == "__main__":
    main()
