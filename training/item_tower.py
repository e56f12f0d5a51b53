"""
Trains the item vector of a catalogue: the transformer arm of item_vector.py on what the catalogue itself says and what its viewers
searched and chose.

`medley train-item-vector` exports the input (subgraphs/retrieval/catalogue/training/item-vector-input.ts), runs this and keeps what it makes:
`item.onnx` for items, `text.onnx` and `picture.onnx` for queries. Items may lack a picture or say no more than a title, with zeros in
its place; and whatever a picture shows is not to be learned from words alone. So in training each of the two is taken from some items.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from exchange import read_packed
from export_head import export_head
from item_vector import DECAY, RATE, TASKS, Arm, ItemTower, Shop, Towers, draw, loss_of, shares_of

STEPS = 600
BLIND, TERSE = 0.1, 0.25
"""How many items of a batch are seen without their picture, and with their title alone."""


def read_shop(path: Path) -> Shop:
    """The packed catalogue. Who fits what takes a byte each."""
    facts, arrays = read_packed(path)
    count, answers = facts["items"], facts["answers"]
    rows = {name: torch.tensor(array).view(count if name in ("title", "more", "features") else len(answers[name]), -1) for name, array in arrays.items()}
    fits = {}
    for task in TASKS:
        fits[task] = torch.zeros(len(answers[task]), count, dtype=torch.uint8)
        for query, items in enumerate(answers[task]):
            fits[task][query, items] = 1
    blocks = {block["name"]: slice(block["offset"], block["offset"] + block["dims"]) for block in facts["blocks"]}
    return Shop(rows["title"], rows["more"], rows["features"], blocks, {task: rows[task] for task in TASKS}, answers, fits)


class HardenedTower(ItemTower):
    """The same tower, trained to do without a picture, and without more than a title."""

    def forward(self, title: Tensor, more: Tensor, features: Tensor) -> Tensor:
        if self.training:
            chance = torch.rand(len(title), 1)
            features = features * (chance >= BLIND)
            more = more * ((chance < BLIND) | (chance >= BLIND + TERSE))
        return super().forward(title, more, features)


def train(shop: Shop, seed: int = 0, steps: int = STEPS) -> Towers:
    """Both tasks in every batch."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    arm = Arm("item vector")
    towers = Towers(arm, shop)
    towers.item = HardenedTower(arm, shop)
    shares = shares_of(shop, chance)
    optimiser = torch.optim.AdamW(towers.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    towers.train()
    for step in range(steps):
        loss = sum(loss_of(towers, shop, draw(shop, task, chance), shares[task]) for task in arm.tasks)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if (step + 1) % 20 == 0:
            print(f"epoch {step + 1} of {steps}", file=sys.stderr)
    return towers.eval()


def export(towers: Towers, shop: Shop, folder: Path) -> None:
    """A model for items, and one for the queries of each task."""
    dims = {"title": shop.title.shape[1], "more": shop.more.shape[1], "features": shop.features.shape[1]}
    export_head(towers.item, dims, folder / "item.onnx")
    for task in TASKS:
        export_head(towers.query[task], {"query": shop.queries[task].shape[1]}, folder / f"{task}.onnx")


def main() -> None:
    """Prints one line of JSON: what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shop", type=Path)
    parser.add_argument("folder", type=Path, help="where item.onnx, text.onnx and picture.onnx go")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--threads", type=int, default=1, help="more are slower on a busy machine")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    shop, started = read_shop(arguments.shop), time.perf_counter()
    export(train(shop, arguments.seed, arguments.steps), shop, arguments.folder)
    print(json.dumps({"seconds": round(time.perf_counter() - started)}))


if __name__ == "__main__":
    main()
