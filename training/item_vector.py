"""
One vector an item for queries in words and queries by picture, after ItemSage (Baltescu et al. 2022, arXiv 2205.11728).

An item is a sequence of feature vectors: its title, what else is said of it, and the blocks of its picture. A linear map a group, a
[CLS] token and one transformer block make one vector of it. Query encoders stay frozen; a linear map a modality brings their
vectors to where items are (the paper's encoders were in one space already). Reads what test/relevance/item-vector/ packs, which
holds nothing of the test part; writes a folder of ONNX models for every arm and seed.
"""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from exchange import read_packed
from export_head import export_head
from heads import Temperature
from sketch import CountMinSketch
from trainer import all_alike, comparison, fit, lacking, seeded

WIDTH = 128
DIMS = 256
HEADS = 8
QUERIES = 96
"""Queries of each task in a batch."""
RANDOM = 128
STEPS = 300
RATE = 1e-3
DECAY = 0.05
TASKS = ["text", "picture"]


@dataclass(frozen=True)
class Arm:
    """One way of making and training item vectors."""

    name: str
    kind: str = "transformer"
    """`transformer`, `mlp` or `sum`."""
    groups: tuple[str, ...] = ("title", "more", "picture")
    """`picture` stands for every block of its features."""
    tasks: tuple[str, ...] = ("text", "picture")
    negatives: tuple[str, ...] = ("batch", "random")
    corrected: bool = True
    """Whether logits are corrected by how often an item is drawn (logQ)."""
    shuffled: bool = False
    """The control: pictures handed around among the items."""


ARMS = [
    Arm("item vector"),
    Arm("text alone", groups=("title", "more")),
    Arm("image alone", groups=("picture",)),
    Arm("sum", kind="sum"),
    Arm("MLP", kind="mlp"),
    Arm("pictures shuffled", shuffled=True),
    Arm("only the text task", tasks=("text",)),
    Arm("only the picture task", tasks=("picture",)),
    Arm("in-batch negatives alone", negatives=("batch",)),
    Arm("random negatives alone", negatives=("random",)),
    Arm("without logQ", corrected=False),
]


@dataclass(frozen=True)
class Shop:
    """Items, queries of both tasks, and which items answer which."""

    title: Tensor
    more: Tensor
    features: Tensor
    blocks: dict[str, slice]
    """The parts of the features."""
    queries: dict[str, Tensor]
    answers: dict[str, list[list[int]]]
    """By task and query: rows of items."""
    fits: dict[str, Tensor] = field(default_factory=dict)
    """By task: [queries, items] of 0 and 1."""

    def seen(self, items: Tensor) -> tuple[Tensor, ...]:
        """What the tower sees of some items."""
        return self.title[items], self.more[items], self.features[items]


def read_shop(path: Path) -> Shop:
    """The packed training part."""
    facts, arrays = read_packed(path)
    answers = facts["answers"]
    count = facts["items"]
    rows = {name: torch.tensor(array).view(count if name in ("title", "more", "features") else len(answers[name]), -1) for name, array in arrays.items()}
    fits = {task: torch.zeros(len(answers[task]), count) for task in TASKS}
    for task in TASKS:
        for query, items in enumerate(answers[task]):
            fits[task][query, items] = 1
    blocks = {block["name"]: slice(block["offset"], block["offset"] + block["dims"]) for block in facts["blocks"]}
    return Shop(rows["title"], rows["more"], rows["features"], blocks, {task: rows[task] for task in TASKS}, answers, fits)


class ItemTower(nn.Module):
    """Feature vectors of an item -> one vector of length 1."""

    def __init__(self, arm: Arm, shop: Shop) -> None:
        super().__init__()
        self.arm, self.blocks = arm, shop.blocks if "picture" in arm.groups else {}
        sizes = {name: shop.title.shape[1] for name in ("title", "more") if name in arm.groups}
        sizes |= {name: part.stop - part.start for name, part in self.blocks.items()}
        self.maps = nn.ModuleDict({name: nn.Sequential(nn.LayerNorm(size), nn.Linear(size, WIDTH)) for name, size in sizes.items()})
        self.first = nn.Parameter(0.02 * torch.randn(1, 1, WIDTH))
        self.block = nn.TransformerEncoderLayer(WIDTH, HEADS, 2 * WIDTH, 0.1, "gelu", batch_first=True, norm_first=True)
        last = WIDTH * len(sizes) if arm.kind == "mlp" else WIDTH
        self.head = nn.Sequential(nn.LayerNorm(last), nn.Linear(last, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, DIMS))

    def tokens(self, title: Tensor, more: Tensor, features: Tensor) -> Tensor:
        """[batch, groups, WIDTH]."""
        parts = {"title": title, "more": more, **{name: features[:, part] for name, part in self.blocks.items()}}
        return torch.stack([narrow(parts[name]) for name, narrow in self.maps.items()], 1)

    def forward(self, title: Tensor, more: Tensor, features: Tensor) -> Tensor:
        """[batch, DIMS]."""
        tokens = self.tokens(title, more, features)
        if self.arm.kind == "sum":
            pooled = tokens.sum(1)
        elif self.arm.kind == "mlp":
            pooled = tokens.flatten(1)
        else:
            pooled = self.read(tokens)
        return functional.normalize(self.head(pooled), dim=-1)

    def read(self, tokens: Tensor, absent: Tensor | None = None) -> Tensor:
        """[batch, n, WIDTH] -> [batch, WIDTH], what [CLS] reads of the tokens but for those that are `absent` [batch, n]."""
        first = self.first.expand(tokens.shape[0], -1, -1)
        hidden = None if absent is None else torch.cat([torch.zeros_like(absent[:, :1]), absent], 1)
        return self.block(torch.cat([first, tokens], 1), src_key_padding_mask=hidden)[:, 0]


class QueryMap(nn.Module):
    """A frozen encoder's vector -> where items are."""

    def __init__(self, dims: int) -> None:
        super().__init__()
        self.map = nn.Linear(dims, DIMS, bias=False)

    def forward(self, query: Tensor) -> Tensor:
        return functional.normalize(self.map(query), dim=-1)


class Towers(nn.Module):
    """Everything that is trained."""

    def __init__(self, arm: Arm, shop: Shop) -> None:
        super().__init__()
        self.item = ItemTower(arm, shop)
        self.query = nn.ModuleDict({task: QueryMap(shop.queries[task].shape[1]) for task in TASKS})
        self.temperature = Temperature()


@dataclass(frozen=True)
class Batch:
    """Queries of one task with an answer each, and items drawn at random."""

    task: str
    queries: Tensor
    answers: Tensor
    random: Tensor


def masked_softmax(scores: Tensor, right: Tensor, wrong: Tensor) -> Tensor:
    """
    -log of the share of the right score among it and the wrong ones. `scores` [n, m] with `wrong` [n, m] telling which count as
    wrong; `right` [n].
    """
    others = scores.masked_fill(wrong == 0, -1e4)
    return (torch.logsumexp(torch.cat([right[:, None], others], 1), 1) - right).mean()


def loss_of(towers: Towers, shop: Shop, batch: Batch, shares: Tensor | None) -> Tensor:
    """
    Two softmaxes, one over the batch's other answers and one over random items, computed apart and summed. An item that answers
    the query, too, is no negative. With `shares`, how often each item is drawn, in-batch logits are s - log share.
    """
    arm = towers.item.arm
    asked = towers.query[batch.task](shop.queries[batch.task][batch.queries])
    items = torch.cat([batch.answers, batch.random])
    vectors = towers.item(*shop.seen(items))
    scores = towers.temperature(asked @ vectors.T)
    wrong = 1 - shop.fits[batch.task][batch.queries][:, items]
    count = len(batch.answers)
    right = scores[:, :count].diagonal()
    total = torch.zeros(())
    if "batch" in arm.negatives:
        often = torch.zeros(count) if shares is None else shares[batch.answers].log()
        total = total + masked_softmax(scores[:, :count] - often, right - often, wrong[:, :count])
    if "random" in arm.negatives:
        total = total + masked_softmax(scores[:, count:], right, wrong[:, count:])
    return total


def draw(shop: Shop, task: str, chance: np.random.Generator) -> Batch:
    """Queries at random, one of the answers of each, and items at random."""
    queries = chance.integers(len(shop.answers[task]), size=QUERIES)
    answers = [shop.answers[task][query][chance.integers(len(shop.answers[task][query]))] for query in queries]
    random = chance.integers(len(shop.title), size=RANDOM)
    return Batch(task, torch.tensor(queries), torch.tensor(answers), torch.tensor(random))


def shares_of(shop: Shop, chance: np.random.Generator, batches: int = 400) -> dict[str, Tensor]:
    """By task: how often each item is an answer, from a sketch over a stream of batches."""
    shares = {}
    for task in TASKS:
        sketch = CountMinSketch()
        for _ in range(batches):
            sketch.add(draw(shop, task, chance).answers.numpy())
        shares[task] = torch.tensor(sketch.share(np.arange(len(shop.title))), dtype=torch.float32)
    return shares


def train(shop: Shop, arm: Arm, seed: int, steps: int = STEPS) -> Towers:
    """All tasks of the arm in every batch."""
    chance = seeded(seed)
    if arm.shuffled:
        order = torch.tensor(chance.permutation(len(shop.title)))
        shop = replace(shop, features=shop.features[order])
    towers = Towers(arm, shop)
    shares = shares_of(shop, chance) if arm.corrected else {}
    losses = (sum(loss_of(towers, shop, draw(shop, task, chance), shares.get(task)) for task in arm.tasks) for _ in range(steps))
    return fit(towers, losses, steps, all_alike(towers, RATE, DECAY))


def export(towers: Towers, shop: Shop, folder: Path) -> None:
    """`item.onnx`, and `text.onnx` and `picture.onnx` for queries."""
    folder.mkdir(parents=True)
    dims = {"title": shop.title.shape[1], "more": shop.more.shape[1], "features": shop.features.shape[1]}
    export_head(towers.item, dims, folder / "item.onnx")
    for task in TASKS:
        export_head(towers.query[task], {"query": shop.queries[task].shape[1]}, folder / f"{task}.onnx")


def main() -> None:
    """Trains every arm for every seed that the folder lacks; prints the seconds that it took."""
    parser = comparison(__doc__, "shop")
    parser.add_argument("--arms", nargs="*", help="only these")
    parser.add_argument("--steps", type=int, default=STEPS)
    arguments = parser.parse_args()
    shop, arms = read_shop(arguments.shop), {arm.name: arm for arm in ARMS if not arguments.arms or arm.name in arguments.arms}
    for name, seed, folder in lacking(arguments.folder, arms, arguments.seeds):
        export(train(shop, arms[name], seed, arguments.steps), shop, folder)
    print(json.dumps({"arms": [arm.name for arm in ARMS]}))


if __name__ == "__main__":
    main()
