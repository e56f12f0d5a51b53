"""What training/item_vector.py promises, on made-up data."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

import item_vector
from exchange import write_packed
from item_vector import Arm
from sketch import CountMinSketch

SHAPES, COLOURS = 8, 8


def made_up(folder: Path) -> item_vector.Shop:
    """Titles tell shapes alone and pictures colours alone; a query asks for both."""
    chance = np.random.default_rng(2)
    shape, colour = np.arange(SHAPES * COLOURS * 4) % SHAPES, np.arange(SHAPES * COLOURS * 4) // SHAPES % COLOURS
    shapes, colours = chance.normal(size=(SHAPES, 16)), chance.normal(size=(COLOURS, 24))
    asked = [(s, c) for s in range(SHAPES) for c in range(COLOURS)]
    answers = [np.flatnonzero((shape == s) & (colour == c)).tolist() for s, c in asked]
    queries = np.array([np.concatenate([shapes[s], colours[c]]) for s, c in asked])
    facts = {"items": len(shape), "answers": {"text": answers, "picture": answers}, "blocks": [{"name": "backbone", "offset": 0, "dims": 24}]}
    arrays = {"title": shapes[shape], "more": np.zeros((len(shape), 16)), "features": colours[colour], "text": queries, "picture": queries}
    write_packed(folder / "shop.bin", facts, arrays)
    return item_vector.read_shop(folder / "shop.bin")


def hits(towers: item_vector.Towers, shop: item_vector.Shop) -> float:
    """The part of text queries whose first item is an answer."""
    with torch.no_grad():
        scores = towers.query["text"](shop.queries["text"]) @ towers.item(shop.title, shop.more, shop.features).T
    first = scores.argmax(1)
    return float(shop.fits["text"][torch.arange(len(first)), first].mean())


class ItemVectorRecipe(unittest.TestCase):
    """One vector an item."""

    def setUp(self) -> None:
        torch.set_num_threads(1)
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.shop = made_up(folder)
        self.folder = folder

    def test_joins_what_words_and_pictures_tell(self) -> None:
        both = hits(item_vector.train(self.shop, Arm("both"), 0, 60), self.shop)
        words = hits(item_vector.train(self.shop, Arm("words", groups=("title", "more")), 0, 60), self.shop)
        self.assertGreater(both, 0.9)
        self.assertLess(words, 0.5)

    def test_every_kind_of_arm_is_exported(self) -> None:
        for kind in ("transformer", "mlp", "sum"):
            arm = Arm(kind, kind=kind)
            item_vector.export(item_vector.train(self.shop, arm, 0, 1), self.shop, self.folder / kind)
            self.assertTrue((self.folder / kind / "item.onnx").exists())

    def test_an_item_that_answers_the_query_too_is_no_negative(self) -> None:
        scores, wrong = torch.tensor([[5.0, 5.0]]), torch.tensor([[0.0, 0.0]])
        self.assertAlmostEqual(item_vector.masked_softmax(scores, scores[:, 0], wrong).item(), 0, places=4)


class Sketch(unittest.TestCase):
    """training/sketch.py."""

    def test_counts_are_never_too_low_and_seldom_too_high(self) -> None:
        things = np.random.default_rng(1).zipf(1.5, size=20_000) % 5000
        sketch = CountMinSketch()
        sketch.add(things)
        counted = sketch.share(np.arange(5000)) * sketch.total
        true = np.maximum(np.bincount(things, minlength=5000), 1)
        self.assertTrue((counted >= true - 1e-6).all())
        self.assertGreater((counted < true + 3).mean(), 0.99)


if __name__ == "__main__":
    unittest.main()
