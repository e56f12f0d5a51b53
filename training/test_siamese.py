"""What training/siamese.py promises, on made-up data."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch

import siamese
from exchange import write_packed

ITEMS, STYLES, TEXT, PICTURE = 240, 6, 24, 300


def made_up(folder: Path) -> siamese.Listings:
    """What has one style stands together; words and pictures both show the style and what the thing is."""
    chance = np.random.default_rng(4)
    style = np.arange(ITEMS) % STYLES
    hidden = np.concatenate([np.eye(STYLES)[style], chance.normal(size=(ITEMS, 10))], 1)
    text = np.tanh(hidden @ chance.normal(size=(hidden.shape[1], TEXT)))
    picture = hidden @ chance.normal(size=(hidden.shape[1], PICTURE)) + 0.3 * chance.normal(size=(ITEMS, PICTURE))
    pairs = [[int(a), int(b)] for a in range(ITEMS) for b in chance.integers(ITEMS, size=4) if style[a] == style[b] and a < b]
    write_packed(folder / "listings.bin", {"kinds": (np.arange(ITEMS) % 4).tolist(), "pairs": pairs}, {"text": text / np.linalg.norm(text, axis=1, keepdims=True), "picture": picture - picture.mean(0)})
    return siamese.read_listings(folder / "listings.bin")


class SiameseRecipe(unittest.TestCase):
    """Pairs that belong together, and pictures that do not."""

    def setUp(self) -> None:
        torch.set_num_threads(1)
        self.enterContext(mock.patch.multiple(siamese, AXES=32, STEPS=250, RATE=3e-3))
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.listings = made_up(self.folder)

    def test_what_stands_together_comes_near(self) -> None:
        tower = siamese.train(self.listings, "TransH", True, 0)
        with torch.no_grad():
            vectors = tower(self.listings.text, self.listings.picture)
        cosines = vectors @ vectors.T - 2 * torch.eye(ITEMS)
        style = torch.arange(ITEMS) % STYLES
        self.assertGreater((style[cosines.argmax(1)] == style).float().mean().item(), 0.8)

    def test_pictures_of_others_are_suspicious(self) -> None:
        tower = siamese.train(self.listings, "TransH", True, 0)
        own, others = self.listings.picture, self.listings.picture.roll(7, 0)
        network = siamese.FromFeatures(tower, torch.eye(32), suspect=True)
        with torch.no_grad():
            honest, swapped = network(self.listings.text, own), network(self.listings.text, others)
        self.assertGreater((swapped > honest.T).float().mean().item(), 0.85)

    def test_every_projection_is_exported(self) -> None:
        for name in siamese.PROJECTIONS:
            with mock.patch.object(siamese, "STEPS", 2):
                siamese.export(siamese.train(self.listings, name, True, 0), self.listings, self.folder / name)
            self.assertTrue((self.folder / name / "mismatch.onnx").exists())

    def test_nothing_is_left_along_the_normal_of_a_hyperplane(self) -> None:
        plane = siamese.Hyperplane(TEXT)
        normal = torch.nn.functional.normalize(plane.normal, dim=0)
        self.assertLess((plane(torch.randn(5, TEXT)) @ normal).abs().max().item(), 1e-5)

    def test_hard_negatives_are_of_the_kind_and_were_not_seen_together(self) -> None:
        chance = np.random.default_rng(0)
        anchors, right = self.listings.pairs.T
        found = siamese.hard_negatives(self.listings, anchors, right, chance)
        self.assertGreater((self.listings.kinds[found] == self.listings.kinds[right]).mean(), 0.95)
        self.assertLess(self.listings.together[anchors, found].mean(), 0.02)


if __name__ == "__main__":
    unittest.main()
