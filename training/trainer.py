"""What every recipe does alike: learning over one cycle of rates, and the command line."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn

Network = TypeVar("Network", bound=nn.Module)
TOLD = 20


def seeded(seed: int) -> np.random.Generator:
    """Chance for what is drawn; torch's own is seeded, too."""
    torch.manual_seed(seed)
    return np.random.default_rng(seed)


def fit(network: Network, losses: Iterable[Tensor], steps: int, groups: list[dict]) -> Network:
    """
    Learns from `steps` losses by AdamW (Loshchilov and Hutter 2019) over one cycle of rates (Smith and Topin 2018). A loss is asked
    for when the one before has been learned from. `groups` are AdamW's own: `params`, `lr`, which is the highest rate, and `weight_decay`.
    """
    optimiser = torch.optim.AdamW(groups)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [group["lr"] for group in groups], total_steps=steps)
    network.train()
    for loss in losses:
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return network.eval()


def all_alike(network: nn.Module, rate: float, decay: float) -> list[dict]:
    """One group of all that a network learns."""
    return [{"params": list(network.parameters()), "lr": rate, "weight_decay": decay}]


def told(losses: Iterable[Tensor], steps: int) -> Iterator[Tensor]:
    """The same, telling on standard error how far they have come, as src/cli/train.ts reads it."""
    for step, loss in enumerate(losses, 1):
        yield loss
        if step % TOLD == 0:
            print(f"epoch {step} of {steps}", file=sys.stderr)


def order(recipe: str, reads: str, makes: str, **counts: int) -> argparse.Namespace:
    """What a recipe of one model is run with; `counts` are the defaults of its own, such as `steps`."""
    parser = argparse.ArgumentParser(description=recipe)
    parser.add_argument(reads, type=Path)
    parser.add_argument("folder", type=Path, help=f"where {makes} go")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1, help="more are slower on a busy machine")
    for name, count in counts.items():
        parser.add_argument(f"--{name}", type=int, default=count)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    return arguments


def comparison(recipe: str, reads: str) -> argparse.ArgumentParser:
    """What a recipe of several arms, each with several seeds, is run with, on one thread; options of its own are added."""
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser(description=recipe)
    parser.add_argument(reads, type=Path)
    parser.add_argument("folder", type=Path, help="where a folder for each arm and seed goes: ARM/SEED")
    parser.add_argument("--seeds", type=int, default=3)
    return parser


def lacking(folder: Path, arms: Iterable[str], seeds: int) -> Iterator[tuple[str, int, Path]]:
    """Every arm and seed that the folder lacks, told on standard error: what was interrupted goes on where it was. All arms of a seed come first."""
    for seed in range(seeds):
        for arm in arms:
            own = folder / arm / str(seed)
            if not own.exists():
                print(f"{arm}, seed {seed}", file=sys.stderr)
                yield arm, seed, own
