"""What training/companions.py promises, on made-up data."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

import torch

import companions
import siamese
from test_siamese import ITEMS, STYLES, made_up


class CompanionsRecipe(unittest.TestCase):
    """What is chosen together comes near."""

    def test_finds_companions_with_and_without_pictures(self) -> None:
        torch.set_num_threads(1)
        self.enterContext(mock.patch.object(siamese, "AXES", 32))
        self.enterContext(mock.patch.object(companions, "RATE", 3e-3))
        listings = made_up(Path(self.enterContext(tempfile.TemporaryDirectory())))
        tower = companions.train(listings, steps=250)
        style = torch.arange(ITEMS) % STYLES
        for picture, least in ((listings.picture, 0.8), (torch.zeros_like(listings.picture), 0.5)):
            with torch.no_grad():
                vectors = tower(listings.text, picture)
            cosines = vectors @ vectors.T - 2 * torch.eye(ITEMS)
            self.assertGreater((style[cosines.argmax(1)] == style).float().mean().item(), least)


if __name__ == "__main__":
    unittest.main()
