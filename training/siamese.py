"""
Listings that belong together, and listings whose picture is not theirs, after eBay's "Beyond Words" (2023): two towers with shared
weights on frozen text and picture vectors, projected onto a hyperplane (TransH, Wang et al. 2014), and a mismatch module on the
difference of text and picture there. The paper's exact losses are not public; those below are consistent with what is.

    P(e) = e - (w . e) w, |w| = 1            or nothing, a linear map, a rotation
    z    = unit(U [P(text); P(picture)])
    L    = BCE(together) + triplet(z) + align + BCE(mismatch)

Reads what test/relevance/siamese/ packs: the training part of listings, pairs that were seen together (none for mismatch alone) and
the kind of each listing. Writes `item.onnx` and `mismatch.onnx` for every arm and seed.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils import parametrizations, parametrize

from axes import widest
from exchange import read_packed
from export_head import export_head
from trainer import all_alike, comparison, fit, lacking, seeded

AXES = 256
BATCH = 256
STEPS = 400
RATE = 5e-4
DECAY = 0.1
DROPOUT = 0.2
MARGIN = 0.3
ALIGN_MARGIN = 0.2
PROJECTIONS = ["none", "linear", "rotation", "TransH"]


@dataclass(frozen=True)
class Listings:
    """What is trained on."""

    text: Tensor
    """[listings, dims], rows of length 1."""
    picture: Tensor
    """[listings, AXES]: along the widest directions of standardised features."""
    axes: Tensor
    """[AXES, feature dims]: those directions, with the scale that makes a mean length of 1."""
    kinds: np.ndarray
    pairs: np.ndarray
    """[pairs, 2]; empty where nothing is known to belong together."""
    together: np.ndarray
    """[listings, listings]: whether two were seen together, or are the same; empty without pairs."""
    sorted: np.ndarray
    """Listings in the order of their kinds."""
    starts: np.ndarray
    """By kind: where its listings begin there; one more for the end."""

    def alike(self, rows: np.ndarray, chance: np.random.Generator) -> np.ndarray:
        """For each a listing of the same kind, which may be itself."""
        start, end = self.starts[self.kinds[rows]], self.starts[self.kinds[rows] + 1]
        return self.sorted[start + (chance.random(len(rows)) * (end - start)).astype(int)]


def read_listings(path: Path) -> Listings:
    """The packed training part."""
    facts, arrays = read_packed(path)
    kinds = np.array(facts["kinds"])
    pairs = np.array(facts["pairs"], dtype=int).reshape(-1, 2)
    together = np.eye(len(kinds) if len(pairs) > 0 else 0, dtype=bool)
    together[pairs[:, 0], pairs[:, 1]] = together[pairs[:, 1], pairs[:, 0]] = True
    text, features = (torch.tensor(arrays[name]).view(len(kinds), -1) for name in ("text", "picture"))
    axes = widest(features, AXES)
    starts = np.concatenate([[0], np.cumsum(np.bincount(kinds))])
    return Listings(text, features @ axes.T, axes, kinds, pairs, together, np.argsort(kinds, kind="stable"), starts)


class Hyperplane(nn.Module):
    """TransH: what lies along one learned direction is taken off."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.normal = nn.Parameter(torch.randn(width))

    def forward(self, entity: Tensor) -> Tensor:
        normal = functional.normalize(self.normal, dim=0)
        return entity - (entity @ normal)[:, None] * normal


def projection(name: str, width: int) -> nn.Module:
    """[n, width] -> [n, width]; linear and rotation begin with what leaves everything as it is."""
    if name == "TransH":
        return Hyperplane(width)
    if name == "none":
        return nn.Identity()
    straight = as_it_is(nn.Linear(width, width, bias=False))
    return parametrizations.orthogonal(straight, orthogonal_map="cayley") if name == "rotation" else straight


def as_it_is(layer: nn.Linear) -> nn.Linear:
    """The same layer, passing its first inputs on."""
    nn.init.eye_(layer.weight)
    return layer


class Tower(nn.Module):
    """The tower that both listings of a pair go through."""

    def __init__(self, name: str, width: int) -> None:
        super().__init__()
        self.drop = nn.Dropout(DROPOUT)
        self.picture = nn.Linear(AXES, width)
        self.project = projection(name, width)
        self.join = as_it_is(nn.Linear(2 * width, width, bias=False))
        self.translation = nn.Parameter(torch.zeros(width))
        self.module = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 1))
        self.scale, self.shift = nn.Parameter(torch.tensor(5.0)), nn.Parameter(torch.tensor(-2.0))

    def sides(self, text: Tensor, picture: Tensor) -> tuple[Tensor, Tensor]:
        """Both sides, projected: the text as it is, the picture brought to as many dimensions."""
        return self.project(self.drop(text)), self.project(self.picture(self.drop(picture)))

    def suspect(self, words: Tensor, looks: Tensor) -> Tensor:
        """How suspicious a picture is, by how it differs from the text there: logits [n, 1]."""
        return self.module((words - looks) * words.shape[1] ** 0.5)

    def joined(self, sides: tuple[Tensor, Tensor]) -> Tensor:
        """One vector of length 1."""
        return functional.normalize(self.join(torch.cat(sides, 1)), dim=-1)

    def forward(self, text: Tensor, picture: Tensor) -> Tensor:
        return self.joined(self.sides(text, picture))


class FromFeatures(nn.Module):
    """A tower for standardised features as they come: the listing's vector [n, width], or how suspicious its picture is [n, 1]."""

    def __init__(self, tower: Tower, axes: Tensor, suspect: bool) -> None:
        super().__init__()
        self.tower, self.suspect = tower, suspect
        self.register_buffer("axes", axes)

    def forward(self, text: Tensor, picture: Tensor) -> Tensor:
        words, looks = self.tower.sides(text, picture @ self.axes.T)
        return self.tower.suspect(words, looks) if self.suspect else self.tower.joined((words, looks))


def far(left: Tensor, right: Tensor) -> Tensor:
    """Squared distance, row by row."""
    return (left - right).square().sum(1)


def together_loss(tower: Tower, listings: Listings, chance: np.random.Generator) -> Tensor:
    """Pairs against pairs drawn at random, and against listings of the same kind from elsewhere."""
    picked = listings.pairs[chance.integers(len(listings.pairs), size=BATCH)]
    anchors, seen = np.where(chance.random(BATCH)[:, None] < 0.5, picked, picked[:, ::-1]).T
    other = chance.integers(len(listings.kinds), size=BATCH)
    alike = hard_negatives(listings, anchors, seen, chance)
    a, p, n, h = (tower(listings.text[rows], listings.picture[rows]) for rows in (anchors, seen, other, alike))
    right, wrong = ((a * x).sum(1) * tower.scale + tower.shift for x in (p, n))
    known = functional.binary_cross_entropy_with_logits
    classes = known(right, torch.ones(BATCH)) + known(wrong, torch.zeros(BATCH))
    triplet = functional.relu(far(a, p) - far(a, h) + MARGIN).mean() + functional.relu(far(a, p) - far(a, n) + MARGIN).mean()
    return classes + triplet


def hard_negatives(listings: Listings, anchors: np.ndarray, right: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """A listing of the right one's kind that the anchor was not seen with; any listing where four draws find none."""
    found = chance.integers(len(listings.kinds), size=len(anchors))
    for _ in range(4):
        alike = listings.alike(right, chance)
        found = np.where(listings.together[anchors, alike], found, alike)
    return found


def picture_loss(tower: Tower, listings: Listings, chance: np.random.Generator, mismatch: bool) -> Tensor:
    """Own picture against another's, half of those of the same kind; and whether the picture is the own one."""
    own = chance.integers(len(listings.kinds), size=BATCH)
    swapped = swaps(listings, own, chance)
    text, looks = tower.sides(listings.text[own], listings.picture[own])
    _, others = tower.sides(listings.text[swapped], listings.picture[swapped])
    aim, near, away = (functional.normalize(side, dim=-1) for side in (text + tower.translation, looks, others))
    align = functional.relu(far(aim, near) - far(aim, away) + ALIGN_MARGIN).mean()
    if not mismatch:
        return align
    logits = torch.cat([tower.suspect(text, looks), tower.suspect(text, others)])[:, 0]
    return align + functional.binary_cross_entropy_with_logits(logits, torch.cat([torch.zeros(BATCH), torch.ones(BATCH)]))


def swaps(listings: Listings, own: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Another listing for each: of the same kind for every second, any for the rest."""
    any_other = chance.integers(len(listings.kinds), size=len(own))
    chosen = np.where(np.arange(len(own)) % 2 == 0, listings.alike(own, chance), any_other)
    return np.where(chosen == own, any_other, chosen)


def train(listings: Listings, name: str, mismatch: bool, seed: int) -> Tower:
    """All losses of the arm in every step."""
    chance = seeded(seed)
    tower = Tower(name, listings.text.shape[1])
    return fit(tower, losses(tower, listings, mismatch, chance), STEPS, all_alike(tower, RATE, DECAY))


def losses(tower: Tower, listings: Listings, mismatch: bool, chance: np.random.Generator) -> Iterator[Tensor]:
    """Of every step."""
    for _ in range(STEPS):
        with parametrize.cached():
            loss = picture_loss(tower, listings, chance, mismatch)
            if len(listings.pairs) > 0:
                loss = loss + together_loss(tower, listings, chance)
        yield loss


def export(tower: Tower, listings: Listings, folder: Path) -> None:
    """Both answers of a tower."""
    folder.mkdir(parents=True)
    if isinstance(tower.project, nn.Linear) and hasattr(tower.project, "parametrizations"):
        parametrize.remove_parametrizations(tower.project, "weight")
    dims = {"text": listings.text.shape[1], "picture": listings.axes.shape[1]}
    export_head(FromFeatures(tower, listings.axes, suspect=False), dims, folder / "item.onnx")
    export_head(FromFeatures(tower, listings.axes, suspect=True), dims, folder / "mismatch.onnx")


def main() -> None:
    """Trains every arm for every seed that the folder lacks: PROJECTION, and PROJECTION with mismatch."""
    parser = comparison(__doc__, "listings")
    parser.add_argument("--projections", nargs="*", default=PROJECTIONS)
    arguments = parser.parse_args()
    listings = read_listings(arguments.listings)
    told = [(name, mismatch) for name in arguments.projections for mismatch in (False, True) if mismatch or len(listings.pairs) > 0]
    arms = {f"{name} with mismatch" if mismatch else name: (name, mismatch) for name, mismatch in told}
    for arm, seed, folder in lacking(arguments.folder, arms, arguments.seeds):
        export(train(listings, *arms[arm], seed), listings, folder)
    print(json.dumps({"seeds": arguments.seeds}))


if __name__ == "__main__":
    main()
