"""
Text, tokens and pictures of an item joined by a mixture of light experts, after MRSE (Shopee 2024, arXiv 2408.14968). What is not
public there (the gates' inputs, sizes) is made up consistently with what is.

    e1 = MLP [text; picture]                                  joint expert
    e2 = sum a_t f_t,  a = softmax(v . tanh(W f_t))           attention over token vectors
    e3 = mean of a two-layer transformer over token vectors
    t  = sum g_k e_k,  g = softmax(W1 [e2; e3; q])            gate within text, q the encoder's own vector
    z  = unit(g_t t + g_v v + g_tv e1),  g = softmax(W2 [t; v; e1] + b)      gate across modalities
    L  = CE(in-batch and sampled items) + lambda * max(0, m - s(q, i+) + max over hard negatives s(q, n))

A query has text alone: its vector is unit(t). Everything begins near the text encoder's own space, so types of goods that no
training has seen still work. Reads what test/relevance/mixture/ packs, which holds no query of the validation and test types and
no item of them; writes `item.onnx` and `query.onnx` for every arm and seed.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from axes import widest
from exchange import read_packed
from export_head import export_head
from heads import Temperature

INNER = 64
AXES = 256
TOKENS = 10
BATCH = 64
SAMPLED = 128
HARD = 2
STEPS = 400
RATE = 5e-4
DECAY = 0.1
DROPOUT = 0.1
MARGIN = 0.2
WEIGHT = 1.0


@dataclass(frozen=True)
class Arm:
    """Which experts an item has, and what is minimised."""

    name: str
    experts: tuple[str, ...] = ("joint", "attention", "transformer")
    picture: bool = True
    gated: bool = True
    """Otherwise text and picture count the same."""
    triplet: bool = True
    hard: bool = True
    """Whether the triplet's negatives are of the right type in another colour; drawn at random otherwise."""
    concatenated: bool = False
    """One linear map of text and picture, no experts."""
    shuffled: bool = False


TEXT = ("attention", "transformer")
ARMS = [
    Arm("mixture"),
    Arm("text alone", experts=TEXT, picture=False),
    Arm("text and picture concatenated", experts=(), concatenated=True),
    Arm("fixed blend", experts=TEXT, gated=False),
    Arm("without the joint expert", experts=TEXT),
    Arm("without attention over tokens", experts=("joint", "transformer")),
    Arm("without the two-layer transformer", experts=("joint", "attention")),
    Arm("without hard negatives", hard=False),
    Arm("without the triplet loss", triplet=False),
    Arm("pictures shuffled", shuffled=True),
]


@dataclass(frozen=True)
class Catalogue:
    """What is trained on."""

    text: Tensor
    """[items, dims], rows of length 1, as those of `queries`."""
    picture: Tensor
    """[items, AXES]."""
    axes: Tensor
    """[AXES, feature dims]."""
    tokens: Tensor
    """[items, TOKENS x dims]: the vectors of a text's words, 0 where it has no more."""
    queries: Tensor
    asked: Tensor
    """The tokens of queries."""
    right: list[np.ndarray]
    """By query: items of the type and colour."""
    near: list[np.ndarray]
    """By query: items of the type in another colour."""
    fits: Tensor
    """[queries, items] of 0 and 1: `right` as a matrix."""


def read_catalogue(path: Path) -> Catalogue:
    """The packed training part."""
    facts, arrays = read_packed(path)
    dims, items = facts["dims"], len(facts["tokens"])
    words = torch.cat([torch.tensor(arrays["words"]).view(-1, dims), torch.zeros(1, dims)])
    features = torch.tensor(arrays["features"]).view(items, -1)
    axes = widest(features, AXES)
    fits = torch.zeros(len(facts["right"]), items)
    for query, rows in enumerate(facts["right"]):
        fits[query, rows] = 1
    lists = {name: [np.array(rows, dtype=int) for rows in facts[name]] for name in ("right", "near")}
    return Catalogue(
        torch.tensor(arrays["text"]).view(items, dims), features @ axes.T, axes, flat_tokens(words, facts["tokens"]),
        torch.tensor(arrays["queries"]).view(-1, dims), flat_tokens(words, facts["asked"]), lists["right"], lists["near"], fits,
    )  # fmt: skip


def flat_tokens(words: Tensor, rows: list[list[int]]) -> Tensor:
    """The vectors of the first TOKENS words of each text, end to end."""
    padded = torch.tensor([(own + [len(words) - 1] * TOKENS)[:TOKENS] for own in rows])
    return words[padded].flatten(1)


class Experts(nn.Module):
    """The text experts of an arm and the gate within text: items and queries go through the same."""

    def __init__(self, arm: Arm, dims: int) -> None:
        super().__init__()
        self.dims, self.names = dims, [name for name in TEXT if name in arm.experts]
        if "attention" in self.names:
            self.attend = nn.Sequential(nn.Linear(dims, INNER), nn.Tanh(), nn.Linear(INNER, 1, bias=False))
            self.weigh = nothing_at_first(nn.Linear(dims, dims))
        if "transformer" in self.names:
            self.narrow, self.widen = nn.Linear(dims, INNER), nothing_at_first(nn.Linear(INNER, dims))
            self.place = nn.Parameter(0.02 * torch.randn(1, TOKENS, INNER))
            layer = lambda: nn.TransformerEncoderLayer(INNER, 4, 2 * INNER, DROPOUT, "gelu", batch_first=True, norm_first=True)
            self.layers = nn.Sequential(layer(), layer())
        self.gate = nothing_at_first(nn.Linear((len(self.names) + 1) * dims, len(self.names) + 1))

    def forward(self, text: Tensor, tokens: Tensor) -> Tensor:
        """[n, dims], [n, TOKENS * dims] -> [n, dims]."""
        words = tokens.view(-1, TOKENS, self.dims)
        there = (words.square().sum(-1) > 0).float()
        answers = [getattr(self, name)(text, words, there) for name in self.names] + [text]
        shares = torch.softmax(self.gate(torch.cat(answers, 1)), 1)
        mixed = (shares[:, :, None] * torch.stack(answers, 1)).sum(1)
        return mixed

    def attention(self, text: Tensor, words: Tensor, there: Tensor) -> Tensor:
        """FtAtt, on top of the text's own vector."""
        scores = self.attend(words)[:, :, 0] - 1e4 * (1 - there)
        return text + self.weigh((torch.softmax(scores, 1)[:, :, None] * words).sum(1))

    def transformer(self, text: Tensor, words: Tensor, there: Tensor) -> Tensor:
        """LBert, likewise; what is no word counts for nothing in the mean."""
        seen = self.layers(self.narrow(words) + self.place)
        mean = (seen * there[:, :, None]).sum(1) / there.sum(1, keepdim=True).clamp(min=1)
        return text + self.widen(mean)


def nothing_at_first(layer: nn.Linear) -> nn.Linear:
    """The same layer, which answers 0 until it has learned something."""
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


class Mixture(nn.Module):
    """Both towers."""

    def __init__(self, arm: Arm, dims: int) -> None:
        super().__init__()
        self.arm = arm
        self.experts = Experts(arm, dims)
        self.drop = nn.Dropout(DROPOUT)
        if arm.picture:
            self.look = nn.Linear(AXES, dims)
        if "joint" in arm.experts:
            self.joint = nn.Sequential(nn.Linear(dims + AXES, 2 * INNER), nn.GELU(), nn.Linear(2 * INNER, dims))
        parts = 1 + int(arm.picture) + int("joint" in arm.experts)
        self.across = nothing_at_first(nn.Linear(parts * dims, parts))
        self.temperature = Temperature()

    def item(self, text: Tensor, tokens: Tensor, picture: Tensor) -> Tensor:
        """Vectors of length 1."""
        picture = self.drop(picture)
        if self.arm.concatenated:
            return functional.normalize(text + self.look(picture), dim=-1)
        parts = [self.experts(text, tokens)]
        if self.arm.picture:
            parts.append(self.look(picture))
        if "joint" in self.arm.experts:
            parts.append(self.joint(torch.cat([text, picture], 1)))
        stacked = torch.stack(parts, 1)
        if not self.arm.gated:
            return functional.normalize(stacked.mean(1), dim=-1)
        shares = torch.softmax(self.across(torch.cat(parts, 1)), 1)
        return functional.normalize((shares[:, :, None] * stacked).sum(1), dim=-1)

    def query(self, text: Tensor, tokens: Tensor) -> Tensor:
        """Vectors of length 1."""
        return functional.normalize(text if self.arm.concatenated else self.experts(text, tokens), dim=-1)


class ItemTower(nn.Module):
    """For standardised features as they come."""

    def __init__(self, mixture: Mixture, axes: Tensor) -> None:
        super().__init__()
        self.mixture = mixture
        self.register_buffer("axes", axes)

    def forward(self, text: Tensor, tokens: Tensor, picture: Tensor) -> Tensor:
        return self.mixture.item(text, tokens, picture @ self.axes.T)


class QueryTower(nn.Module):
    """Words alone."""

    def __init__(self, mixture: Mixture) -> None:
        super().__init__()
        self.mixture = mixture

    def forward(self, text: Tensor, tokens: Tensor) -> Tensor:
        return self.mixture.query(text, tokens)


def one_of(rows: np.ndarray, chance: np.random.Generator) -> int:
    """Any of them."""
    return int(rows[chance.integers(len(rows))])


def loss_of(mixture: Mixture, catalogue: Catalogue, chance: np.random.Generator) -> Tensor:
    """The hybrid loss of one batch; what answers a query, too, is no negative."""
    arm, count = mixture.arm, len(catalogue.text)
    asked = chance.integers(len(catalogue.right), size=BATCH)
    right = np.array([one_of(catalogue.right[query], chance) for query in asked])
    hard = [one_of(catalogue.near[query], chance) if arm.hard and len(catalogue.near[query]) > 0 else chance.integers(count) for query in asked for _ in range(HARD)]
    items = np.concatenate([right, chance.integers(count, size=SAMPLED), hard if arm.triplet else []]).astype(int)
    vectors = mixture.item(catalogue.text[items], catalogue.tokens[items], catalogue.picture[items])
    queries = mixture.query(catalogue.queries[asked], catalogue.asked[asked])
    softmax = BATCH + SAMPLED
    cosines = queries @ vectors[:softmax].T
    also = catalogue.fits[asked][:, items[:softmax]].clone()
    also[torch.arange(BATCH), torch.arange(BATCH)] = 0
    scores = mixture.temperature(cosines).masked_fill(also > 0, -1e4)
    loss = functional.cross_entropy(scores, torch.arange(BATCH))
    if not arm.triplet:
        return loss
    against = (queries[:, None] * vectors[softmax:].view(BATCH, HARD, -1)).sum(-1).amax(1)
    return loss + WEIGHT * functional.relu(MARGIN - cosines.diagonal() + against).mean()


def train(catalogue: Catalogue, arm: Arm, seed: int) -> Mixture:
    """One arm."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    if arm.shuffled:
        order = torch.tensor(chance.permutation(len(catalogue.text)))
        catalogue = Catalogue(**{**catalogue.__dict__, "picture": catalogue.picture[order]})
    mixture = Mixture(arm, catalogue.text.shape[1])
    optimiser = torch.optim.AdamW(mixture.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=STEPS)
    mixture.train()
    for _ in range(STEPS):
        loss = loss_of(mixture, catalogue, chance)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return mixture.eval()


def export(mixture: Mixture, catalogue: Catalogue, folder: Path) -> None:
    """Both towers."""
    folder.mkdir(parents=True)
    dims = {"text": catalogue.text.shape[1], "tokens": catalogue.tokens.shape[1]}
    export_head(ItemTower(mixture, catalogue.axes), {**dims, "picture": catalogue.axes.shape[1]}, folder / "item.onnx")
    export_head(QueryTower(mixture), dims, folder / "query.onnx")


def main() -> None:
    """Trains every arm for every seed that the folder lacks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--arms", nargs="*", help="only these")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    catalogue = read_catalogue(arguments.catalogue)
    for arm in ARMS:
        if arguments.arms and arm.name not in arguments.arms:
            continue
        for seed in range(arguments.seeds):
            folder = arguments.folder / arm.name / str(seed)
            if not folder.exists():
                print(f"{arm.name}, seed {seed}", file=sys.stderr)
                export(train(catalogue, arm, seed), catalogue, folder)
    print(json.dumps({"seeds": arguments.seeds}))


if __name__ == "__main__":
    main()
