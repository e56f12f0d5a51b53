"""
Trains a bridge on a catalogue's own pairs: a small network for standardised picture features, and for texts a linear map of their
centred vectors with a vector for each common word beside it, to where cosines compare both.

`medley train-bridge` exports the pairs, runs this and keeps what it makes. The side of the texts is linear so that a query costs
one small product and a picture that was carried over can be taken back to the texts.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from exchange import read_packed, write_packed
from export_head import export_head
from heads import Head, Temperature
from losses import both_ways, equal
from trainer import all_alike, fit, order, seeded

DIMS = 256
BATCH = 512
EPOCHS = 40
RATE = 2e-3
DECAY = 0.2
DROPOUT = 0.3
KINDS = ["title", "whole", "query", "phrase"]
"""How often a picture is shown beside each kind of text; kinds that an item lacks leave their share to the others."""
SHARES = {"title": 0.4, "whole": 0.2, "query": 0.4, "phrase": 0.4}
TEXTS_WITHOUT_WORDS = 0.5
"""So many are seen by their vectors alone, which have to do for words that are new, and take pictures back to texts."""
WORDS_LEFT_OUT = 0.1
"""Of the words of the others."""
HUB_WEIGHT = 0.5
NEAREST = 0.01
"""Of the titles: so many tell how near a picture is to texts in general."""
MOST_TITLES = 4000


@dataclass(frozen=True)
class Pairs:
    """Pictures with the texts that belong to them."""

    features: Tensor
    """[items, dims]."""
    texts: Tensor
    """[texts, dims], rows of length 1."""
    views: list[list[list[int]]]
    """By kind and item: rows of `texts`."""
    has: Tensor
    """[items, values] of 0 and 1: what is said of each item."""
    asks: Tensor
    """[texts, values] of 0 and 1: what an item must have for a phrase to fit it; all 0 for what is no phrase."""
    terms: list[str]
    """Words that many texts have."""
    said: list[Tensor]
    """By text: its words, as places in `terms`."""
    validation: int
    """So many items, the first, are not trained on."""


def read_pairs(path: Path) -> Pairs:
    """What subgraphs/retrieval/catalogue/training/bridge-pairs.ts wrote."""
    facts, arrays = read_packed(path)
    items = len(facts["values"])
    views = [facts["views"][kind] for kind in KINDS]
    rows = 1 + max(row for kind in views for own in kind for row in own)
    width = 1 + max([value for own in facts["values"] for value in own], default=0)
    has, asks = torch.zeros(items, width), torch.zeros(rows, width)
    for item, values in enumerate(facts["values"]):
        has[item, values] = 1
    for row, values in facts["phrases"].items():
        asks[int(row), values] = 1
    features, texts = torch.tensor(arrays["features"]), torch.tensor(arrays["texts"])
    said = [torch.tensor(own, dtype=torch.long) for own in facts["said"]]
    return Pairs(features.view(items, -1), texts.view(rows, -1), views, has, asks, facts["terms"], said, facts["validation"])


def draw_text(own: list[list[int]], chance: np.random.Generator) -> int:
    """A row of one of an item's texts: first the kind, then which."""
    there = [(rows, SHARES[kind]) for kind, rows in zip(KINDS, own) if rows]
    shares = np.array([share for _, share in there])
    rows = there[chance.choice(len(there), p=shares / shares.sum())][0]
    return rows[chance.integers(len(rows))]


def fits(pairs: Pairs, texts: Tensor, items: Tensor) -> Tensor:
    """
    Which items of a batch a text is right for: its own, those with the very same text, and for a phrase those that have all of
    its values. [n], [n] -> [n, n].
    """
    asked = pairs.asks[texts]
    counted = asked.sum(1, keepdim=True)
    said = ((asked @ pairs.has[items].T >= counted) & (counted > 0)).float()
    return torch.maximum(equal(texts, texts), said)


class Carried(nn.Module):
    """
    A picture with one value more: how much farther from the titles nearest to it than pictures usually are. A hub is near to whatever
    is asked and answers little of it; a query has HUB_WEIGHT there (CSLS, Conneau et al. 2018, as one more dimension).
    """

    def __init__(self, picture: nn.Module, titles: Tensor, features: Tensor) -> None:
        super().__init__()
        self.picture = picture
        self.register_buffer("titles", titles)
        self.nearest = max(1, round(NEAREST * len(titles)))
        self.register_buffer("usual", self.near(picture(features)).mean())

    def near(self, pictures: Tensor) -> Tensor:
        """[n, dims] -> [n, 1]."""
        return (pictures @ self.titles.T).topk(self.nearest, dim=1).values.mean(1, keepdim=True)

    def forward(self, features: Tensor) -> Tensor:
        pictures = self.picture(features)
        return torch.cat([pictures, self.usual - self.near(pictures)], dim=1)


class Words(nn.Module):
    """A vector for each common word; of a text the sum of those of its words, over the root of their number."""

    def __init__(self, terms: int) -> None:
        super().__init__()
        self.bag = nn.EmbeddingBag(max(1, terms), DIMS, mode="sum")
        nn.init.normal_(self.bag.weight, std=0.01)

    def forward(self, said: list[Tensor]) -> Tensor:
        """Places of words by text -> [n, dims]."""
        heard = self.leave_out(said) if self.training else said
        counts = torch.tensor([len(words) for words in heard])
        weights = counts.clamp(min=1).rsqrt().repeat_interleave(counts)
        return self.bag(torch.cat(heard), counts.cumsum(0) - counts, per_sample_weights=weights)

    @staticmethod
    def leave_out(said: list[Tensor]) -> list[Tensor]:
        """What is heard of the words in training."""
        without = torch.rand(len(said)) < TEXTS_WITHOUT_WORDS
        return [words[(torch.rand(len(words)) >= WORDS_LEFT_OUT) & ~none] for words, none in zip(said, without)]


class Bridge(nn.Module):
    """Both sides."""

    def __init__(self, features: int, texts: int, terms: int) -> None:
        super().__init__()
        self.picture = Head(features, DIMS, dropout=DROPOUT)
        self.text = nn.Linear(texts, DIMS, bias=False)
        self.words = Words(terms)
        self.temperature = Temperature()

    def asked(self, pairs: Pairs, rows: list[int]) -> Tensor:
        """Rows of texts -> [n, dims], rows of length 1."""
        return functional.normalize(self.text(pairs.texts[rows]) + self.words([pairs.said[row] for row in rows]), dim=-1)


def train(pairs: Pairs, seed: int = 0, epochs: int = EPOCHS) -> Bridge:
    """In-batch contrastive training."""
    chance = seeded(seed)
    count = len(pairs.features) - pairs.validation
    batch = min(BATCH, count)
    bridge = Bridge(pairs.features.shape[1], pairs.texts.shape[1], len(pairs.terms))
    steps = epochs * (count // batch)
    return fit(bridge, losses(bridge, pairs, (epochs, batch), chance), steps, all_alike(bridge, RATE, DECAY))


def losses(bridge: Bridge, pairs: Pairs, plan: tuple[int, int], chance: np.random.Generator) -> Iterator[Tensor]:
    """Of every batch, so many epochs of batches of so many."""
    epochs, batch = plan
    count = len(pairs.features) - pairs.validation
    per_item = list(zip(*pairs.views))
    for epoch in range(epochs):
        items_of = pairs.validation + chance.permutation(count)
        for at in range(0, count - batch + 1, batch):
            items = items_of[at : at + batch]
            texts = [draw_text(per_item[item], chance) for item in items]
            here = torch.tensor(items)
            cosines = bridge.asked(pairs, texts) @ bridge.picture(pairs.features[here]).T
            yield both_ways(bridge.temperature(cosines), fits(pairs, torch.tensor(texts), here))
        print(f"epoch {epoch + 1} of {epochs}", file=sys.stderr)


@torch.no_grad()
def carried(bridge: Bridge, pairs: Pairs) -> Carried:
    """What becomes of pictures, by the titles that were trained on."""
    rows = sorted({rows[0] for rows in pairs.views[0][pairs.validation :]})
    drawn = rows[:: -(-len(rows) // MOST_TITLES)]
    return Carried(bridge.picture, bridge.asked(pairs, drawn), pairs.features[pairs.validation :]).eval()


@torch.no_grad()
def recall(bridge: Bridge, pairs: Pairs, at: int = 10) -> float:
    """The share of validation titles that find their own picture among the first `at` of the validation pictures."""
    asked = bridge.asked(pairs, [rows[0] for rows in pairs.views[0][: pairs.validation]])
    pictures = carried(bridge, pairs)(pairs.features[: pairs.validation])
    scores = functional.pad(asked, (0, 1), value=HUB_WEIGHT) @ pictures.T
    ahead = (scores > scores.diagonal()[:, None]).sum(1)
    return float((ahead < at).float().mean())


def main() -> None:
    """Prints one line of JSON: what was trained, and how well titles find validation pictures."""
    arguments = order(__doc__, "pairs", "picture.onnx and text.bin", epochs=EPOCHS)
    pairs, started = read_pairs(arguments.pairs), time.perf_counter()
    bridge = train(pairs, arguments.seed, arguments.epochs)
    export_head(carried(bridge, pairs), {"features": pairs.features.shape[1]}, arguments.folder / "picture.onnx")
    rows, words = bridge.text.weight.detach().numpy(), bridge.words.bag.weight.detach().numpy()[: len(pairs.terms)]
    facts = {"dims": rows.shape[1], "hubWeight": HUB_WEIGHT, "terms": pairs.terms}
    write_packed(arguments.folder / "text.bin", facts, {"rows": rows, "words": words})
    print(json.dumps({"validationRecallAt10": recall(bridge, pairs), "seconds": round(time.perf_counter() - started)}))


if __name__ == "__main__":
    main()
