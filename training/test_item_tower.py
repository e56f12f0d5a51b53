"""What training/item_tower.py promises, on made-up data."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnxruntime
import torch

import item_tower
from exchange import read_packed, write_packed
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

    def test_sees_each_of_several_photos_and_minds_neither_their_order_nor_those_that_are_lacking(self) -> None:
        shop = self.several()
        towers = item_tower.train(shop, steps=150)
        with torch.no_grad():
            items = towers.item(*shop.seen(torch.arange(len(shop.title))))
            first = (towers.query["text"](shop.queries["text"]) @ items.T).argmax(1)
            title, more, features, photos = shop.seen(torch.arange(8))
            turned = photos.view(8, 4, -1)[:, [3, 1, 0, 2]].reshape(8, -1)
            self.assertLess((towers.item(title, more, features, turned) - items[:8]).abs().max(), 1e-5)
        self.assertGreater(shop.fits["text"][torch.arange(len(first)), first].float().mean(), 0.9)
        item_tower.export(towers, shop, self.folder)
        self.assertEqual([one.name for one in onnxruntime.InferenceSession(self.folder / "item.onnx").get_inputs()][-1], "photos")

    def several(self) -> item_tower.Catalogue:
        """Every other item has a second photo, which shows the colour of another, and is packed with a mean that says neither."""
        facts, arrays = read_packed(self.folder / "shop.bin")
        features = arrays["features"].reshape(facts["items"], -1)
        rows = np.arange(0, len(features), 2)
        photos = np.zeros((len(rows), 4, features.shape[1]), np.float32)
        photos[:, 0], photos[:, 1] = features[rows], 0.3 * features[::-1][rows]
        mean = features.copy()
        mean[rows] = photos[:, :2].mean(1)
        write_packed(self.folder / "several.bin", facts | {"several": rows.tolist()}, arrays | {"features": mean, "photos": photos})
        return item_tower.read_shop(self.folder / "several.bin")

    def test_the_exported_models_answer_as_the_trained_ones(self) -> None:
        item_tower.export(item_tower.train(self.shop, steps=1), self.shop, self.folder)
        self.assertEqual({path.name for path in self.folder.glob("*.onnx")}, {"item.onnx", "text.onnx", "picture.onnx"})


if __name__ == "__main__":
    unittest.main()
