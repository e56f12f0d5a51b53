"""What training/item_tower.py promises, on made-up data."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

import item_tower
from test_item_vector import made_up


class ItemTowerRecipe(unittest.TestCase):
    """One vector an item of a catalogue."""

    def setUp(self) -> None:
        torch.set_num_threads(1)
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        made_up(self.folder)
        self.shop = item_tower.read_shop(self.folder / "shop.bin")

    def first(self, towers: item_tower.Towers, blind: bool) -> np.ndarray:
        """The first item of each query, in a shop with or without pictures."""
        features = torch.zeros_like(self.shop.features) if blind else self.shop.features
        with torch.no_grad():
            items = towers.item(self.shop.title, self.shop.more, features)
            return (towers.query["text"](self.shop.queries["text"]) @ items.T).argmax(1).numpy()

    def test_joins_what_words_and_pictures_tell_and_does_with_words_where_there_is_no_picture(self) -> None:
        towers = item_tower.train(self.shop, steps=150)
        fits = self.shop.fits["text"].numpy()
        queries = np.arange(len(fits))
        self.assertGreater(fits[queries, self.first(towers, False)].mean(), 0.9)
        shapes = np.arange(self.shop.fits["text"].shape[1]) % 8
        asked = np.array([shapes[np.flatnonzero(row)[0]] for row in fits])
        self.assertGreater((shapes[self.first(towers, True)] == asked).mean(), 0.9)

    def test_the_exported_models_answer_as_the_trained_ones(self) -> None:
        item_tower.export(item_tower.train(self.shop, steps=1), self.shop, self.folder)
        self.assertEqual({path.name for path in self.folder.glob("*.onnx")}, {"item.onnx", "text.onnx", "picture.onnx"})


if __name__ == "__main__":
    unittest.main()
