"""
Learns from a shop's log what viewers choose together: the towers of siamese.py on a TransH hyperplane, for items that are new to
the shop as for all others.

`medley train-companions` exports the input (subgraphs/retrieval/catalogue/training/companions-input.ts), runs this and keeps `item.onnx`. An
item may lack a picture, with zeros in its place, so in training some do.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from export_head import export_head
from siamese import DECAY, RATE, FromFeatures, Listings, Tower, picture_loss, read_listings, together_loss

STEPS = 600
BLIND = 0.1
"""How many items of a batch are seen without their picture."""


class HardenedTower(Tower):
    """The same tower, trained to do without a picture."""

    def sides(self, text: Tensor, picture: Tensor) -> tuple[Tensor, Tensor]:
        return super().sides(text, picture * (torch.rand(len(picture), 1) >= BLIND) if self.training else picture)


def train(listings: Listings, seed: int = 0, steps: int = STEPS) -> Tower:
    """All losses in every step."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    tower = HardenedTower("TransH", listings.text.shape[1])
    optimiser = torch.optim.AdamW(tower.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    tower.train()
    for step in range(steps):
        loss = picture_loss(tower, listings, chance, True) + together_loss(tower, listings, chance)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if (step + 1) % 20 == 0:
            print(f"epoch {step + 1} of {steps}", file=sys.stderr)
    return tower.eval()


def main() -> None:
    """Prints one line of JSON: what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("listings", type=Path)
    parser.add_argument("folder", type=Path, help="where item.onnx goes")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--threads", type=int, default=1, help="more are slower on a busy machine")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    listings, started = read_listings(arguments.listings), time.perf_counter()
    tower = train(listings, arguments.seed, arguments.steps)
    dims = {"text": listings.text.shape[1], "picture": listings.axes.shape[1]}
    export_head(FromFeatures(tower, listings.axes, suspect=False), dims, arguments.folder / "item.onnx")
    print(json.dumps({"seconds": round(time.perf_counter() - started)}))


if __name__ == "__main__":
    main()
