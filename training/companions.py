"""
Learns from a shop's log what viewers choose together: the towers of siamese.py on a TransH hyperplane, for items that are new to
the shop as for all others.

`medley train-companions` exports the input (subgraphs/retrieval/catalogue/training/companions-input.ts), runs this and keeps `item.onnx`. An
item may lack a picture, with zeros in its place, so in training some do.
"""

import json
import time
from pathlib import Path

import torch
from torch import Tensor

from export_head import export_head
from siamese import DECAY, RATE, FromFeatures, Listings, Tower, picture_loss, read_listings, together_loss
from trainer import all_alike, fit, order, seeded, told

STEPS = 600
BLIND = 0.1
"""How many items of a batch are seen without their picture."""


class HardenedTower(Tower):
    """The same tower, trained to do without a picture."""

    def sides(self, text: Tensor, picture: Tensor) -> tuple[Tensor, Tensor]:
        return super().sides(text, picture * (torch.rand(len(picture), 1) >= BLIND) if self.training else picture)


def train(listings: Listings, seed: int = 0, steps: int = STEPS) -> Tower:
    """All losses in every step."""
    chance = seeded(seed)
    tower = HardenedTower("TransH", listings.text.shape[1])
    losses = (picture_loss(tower, listings, chance, True) + together_loss(tower, listings, chance) for _ in range(steps))
    return fit(tower, told(losses, steps), steps, all_alike(tower, RATE, DECAY))


def main() -> None:
    """Prints one line of JSON: what it took."""
    arguments = order(__doc__, "listings", "item.onnx", steps=STEPS)
    listings, started = read_listings(arguments.listings), time.perf_counter()
    tower = train(listings, arguments.seed, arguments.steps)
    dims = {"text": listings.text.shape[1], "picture": listings.axes.shape[1]}
    export_head(FromFeatures(tower, listings.axes, suspect=False), dims, arguments.folder / "item.onnx")
    print(json.dumps({"seconds": round(time.perf_counter() - started)}))


if __name__ == "__main__":
    main()
