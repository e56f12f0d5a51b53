"""What training/mixture.py promises, on made-up data."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch

import experts
import mixture
from exchange import write_packed
from mixture_arms import ARMS, TEXT, Arm, Settings

SHAPES, COLOURS, DIMS, PICTURE = 6, 6, 24, 60
QUICK = Settings(steps=150)


def made_up(folder: Path) -> mixture.Catalogue:
    """Texts tell shapes alone and pictures colours; a query asks for both."""
    chance = np.random.default_rng(8)
    items = np.arange(SHAPES * COLOURS * 5)
    shape, colour = items % SHAPES, items // SHAPES % COLOURS
    words = chance.normal(size=(SHAPES + COLOURS, DIMS))
    words /= np.linalg.norm(words, axis=1, keepdims=True)
    looks = chance.normal(size=(COLOURS, PICTURE))
    asked = [(s, c) for s in range(SHAPES) for c in range(COLOURS)]
    queries = np.array([words[s] + words[SHAPES + c] for s, c in asked])
    facts = {
        "dims": DIMS, "tokens": [[int(s)] for s in shape], "asked": [[s, SHAPES + c] for s, c in asked],
        "right": [np.flatnonzero((shape == s) & (colour == c)).tolist() for s, c in asked],
        "near": [np.flatnonzero((shape == s) & (colour != c)).tolist() for s, c in asked],
    }  # fmt: skip
    arrays = {"text": words[shape], "features": looks[colour] - looks.mean(0), "words": words, "queries": queries / np.linalg.norm(queries, axis=1, keepdims=True)}
    write_packed(folder / "catalogue.bin", facts, arrays)
    return mixture.read_catalogue(folder / "catalogue.bin")


def hits(trained: experts.Mixture, catalogue: mixture.Catalogue) -> float:
    """The part of queries whose first item is right."""
    with torch.no_grad():
        items = trained.item(catalogue.text, mixture.distinct(catalogue.words, catalogue.tokens), catalogue.picture)
        first = (trained.query(catalogue.queries, mixture.distinct(catalogue.words, catalogue.asked)) @ items.T).argmax(1)
    return float(catalogue.fits[torch.arange(len(first)), first].mean())


class MixtureRecipe(unittest.TestCase):
    """Light experts, mixed."""

    def setUp(self) -> None:
        torch.set_num_threads(1)
        for module in (experts, mixture):
            self.enterContext(mock.patch.object(module, "AXES", 5))
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.catalogue = made_up(self.folder)

    def test_finds_by_colour_what_no_text_names(self) -> None:
        self.assertGreater(hits(mixture.train(self.catalogue, Arm("all"), 0, QUICK), self.catalogue), 0.8)
        words = Arm("words", experts=TEXT, picture=False)
        self.assertLess(hits(mixture.train(self.catalogue, words, 0, QUICK), self.catalogue), 0.5)

    def test_an_item_seen_by_its_picture_alone_says_nothing_of_its_words(self) -> None:
        looks = mixture.begun(self.catalogue, Arm("looks", experts=TEXT, text=False), Settings()).eval()
        words = mixture.distinct(self.catalogue.words, self.catalogue.tokens)
        with torch.no_grad():
            told, untold = (looks.item(text, words, self.catalogue.picture) for text in (self.catalogue.text, -self.catalogue.text))
        torch.testing.assert_close(told, untold)

    def test_begins_as_the_text_encoder_is(self) -> None:
        untrained = mixture.begun(self.catalogue, Arm("words", experts=TEXT, picture=False), Settings()).eval()
        with torch.no_grad():
            vectors = untrained.query(self.catalogue.queries, mixture.distinct(self.catalogue.words, self.catalogue.asked))
        torch.testing.assert_close(vectors, self.catalogue.queries, atol=1e-5, rtol=0)

    def test_every_arm_is_exported(self) -> None:
        for arm in ARMS:
            mixture.export(mixture.train(self.catalogue, arm, 0, Settings(steps=2)), self.catalogue, self.folder / arm.name)
        self.assertEqual(len(list(self.folder.glob("*/query.onnx"))), len(ARMS))


if __name__ == "__main__":
    unittest.main()
