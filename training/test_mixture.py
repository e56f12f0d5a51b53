"""What training/mixture.py promises, on made-up data."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch

import mixture
from exchange import write_packed
from mixture import Arm

SHAPES, COLOURS, DIMS, PICTURE = 6, 6, 24, 60


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


def hits(trained: mixture.Mixture, catalogue: mixture.Catalogue) -> float:
    """The part of queries whose first item is right."""
    with torch.no_grad():
        items = trained.item(catalogue.text, catalogue.tokens, catalogue.picture)
        first = (trained.query(catalogue.queries, catalogue.asked) @ items.T).argmax(1)
    return float(catalogue.fits[torch.arange(len(first)), first].mean())


class MixtureRecipe(unittest.TestCase):
    """Light experts, mixed."""

    def setUp(self) -> None:
        torch.set_num_threads(1)
        self.enterContext(mock.patch.multiple(mixture, AXES=5, STEPS=150))
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.catalogue = made_up(self.folder)

    def test_finds_by_colour_what_no_text_names(self) -> None:
        self.assertGreater(hits(mixture.train(self.catalogue, Arm("all"), 0), self.catalogue), 0.8)
        words = Arm("words", experts=mixture.TEXT, picture=False)
        self.assertLess(hits(mixture.train(self.catalogue, words, 0), self.catalogue), 0.5)

    def test_begins_as_the_text_encoder_is(self) -> None:
        untrained = mixture.Mixture(Arm("words", experts=mixture.TEXT, picture=False), DIMS).eval()
        with torch.no_grad():
            vectors = untrained.query(self.catalogue.queries, self.catalogue.asked)
        torch.testing.assert_close(vectors, self.catalogue.queries, atol=1e-5, rtol=0)

    def test_every_arm_is_exported(self) -> None:
        with mock.patch.object(mixture, "STEPS", 2):
            for arm in mixture.ARMS:
                mixture.export(mixture.train(self.catalogue, arm, 0), self.catalogue, self.folder / arm.name)
        self.assertEqual(len(list(self.folder.glob("*/query.onnx"))), len(mixture.ARMS))


if __name__ == "__main__":
    unittest.main()
