"""What the recipes promise, on made-up data: `python -m unittest discover training`."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnxruntime
import torch

import bridge
from exchange import read_packed, write_packed
from export_head import export_head
from losses import both_ways, equal


def made_up(folder: Path, items: int = 600, related: bool = True) -> Path:
    """Pairs whose pictures show their texts through a bent mirror, or anything where they are not related."""
    chance = np.random.default_rng(5)
    texts = chance.normal(size=(items, 16))
    shown = texts if related else chance.normal(size=(items, 16))
    features = np.tanh(shown @ chance.normal(size=(16, 40))) + 0.1 * chance.normal(size=(items, 40))
    views = {"title": [[row] for row in range(items)], "whole": [[] for _ in range(items)]}
    none = {"query": views["whole"], "phrase": views["whole"]}
    words = {"terms": [], "said": [[] for _ in range(items)]}
    facts = {"validation": 100, "views": {**views, **none}, "values": [[0]] * items, "phrases": {}, **words}
    path = folder / "pairs.bin"
    write_packed(path, facts, {"features": features, "texts": texts / np.linalg.norm(texts, axis=1, keepdims=True)})
    return path


class BridgeRecipe(unittest.TestCase):
    """training/bridge.py."""

    def setUp(self) -> None:
        torch.set_num_threads(1)
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_titles_find_pictures_that_training_has_not_seen(self) -> None:
        pairs = bridge.read_pairs(made_up(self.folder))
        self.assertGreater(bridge.recall(bridge.train(pairs, epochs=30), pairs), 0.8)

    def test_finds_nothing_where_pictures_show_something_else(self) -> None:
        pairs = bridge.read_pairs(made_up(self.folder, related=False))
        self.assertLess(bridge.recall(bridge.train(pairs, epochs=30), pairs), 0.25)

    def test_the_exported_model_answers_as_the_trained_one(self) -> None:
        pairs = bridge.read_pairs(made_up(self.folder))
        trained = bridge.train(pairs, epochs=1)
        carried = bridge.carried(trained, pairs)
        export_head(carried, {"features": 40}, self.folder / "picture.onnx")
        session = onnxruntime.InferenceSession(str(self.folder / "picture.onnx"))
        answered = session.run(["vector"], {"features": pairs.features[:7].numpy()})[0]
        with torch.no_grad():
            np.testing.assert_allclose(answered, carried(pairs.features[:7]).numpy(), atol=1e-4)

    def test_a_picture_that_is_near_to_every_title_stands_behind_one_that_is_near_to_the_asked_one(self) -> None:
        titles, hub = torch.eye(4), torch.full((1, 4), 0.5)
        pictures = torch.cat([hub, torch.nn.functional.normalize(torch.tensor([[1.0, 0, 1.9, 0]]), dim=-1), torch.eye(4)])
        asked = titles[:1]
        self.assertGreater((asked @ pictures[0]).item(), (asked @ pictures[1]).item())
        carried = bridge.Carried(torch.nn.Identity(), titles, pictures)
        carried.nearest = 4
        told = carried(pictures)
        scores = torch.nn.functional.pad(asked, (0, 1), value=bridge.HUB_WEIGHT) @ told.T
        self.assertGreater(scores[0, 1].item(), scores[0, 0].item())

    def test_a_word_tells_apart_what_vectors_cannot(self) -> None:
        path = made_up(self.folder)
        facts, arrays = read_packed(path)
        count = len(facts["said"])
        kinds = [row % 2 for row in range(count)]
        features = arrays["features"].reshape(count, -1).copy()
        features[:, :8] += 3 * np.array(kinds)[:, None]
        facts = {**facts, "terms": ["navy", "black"], "said": [[kind] for kind in kinds]}
        texts = np.repeat(arrays["texts"].reshape(count, -1)[::2], 2, axis=0)
        write_packed(path, facts, {"features": features, "texts": texts})
        pairs = bridge.read_pairs(path)
        trained = bridge.train(pairs, epochs=20)
        alike = pairs.texts[[0, 0]]
        self.assertTrue(torch.equal(pairs.texts[0], pairs.texts[1]))
        with torch.no_grad():
            said = torch.nn.functional.normalize(trained.text(alike) + trained.words(pairs.said[:2]), dim=-1)
            cosines = said @ trained.picture(pairs.features[: pairs.validation]).T
        of_black = torch.tensor(kinds[: pairs.validation]) == 1
        self.assertGreater(cosines[1, of_black].mean(), cosines[0, of_black].mean())
        self.assertGreater(cosines[0, ~of_black].mean(), cosines[1, ~of_black].mean())

    def test_a_phrase_fits_every_item_that_has_all_its_values(self) -> None:
        has = torch.tensor([[1.0, 1, 0], [1, 0, 0], [1, 1, 1]])
        asks = torch.tensor([[1.0, 1, 0], [0, 0, 0], [0, 0, 0]])
        pairs = bridge.Pairs(torch.zeros(3, 1), torch.zeros(3, 1), [], has, asks, [], [], 0)
        fits = bridge.fits(pairs, torch.tensor([0, 1, 2]), torch.tensor([0, 1, 2]))
        self.assertEqual(fits.tolist(), [[1, 0, 1], [0, 1, 0], [0, 0, 1]])


class Losses(unittest.TestCase):
    """training/losses.py."""

    def test_the_loss_is_nothing_when_every_right_pair_stands_far_above_the_others(self) -> None:
        positive = equal(torch.tensor([1, 2, 2]), torch.tensor([1, 2, 2]))
        self.assertAlmostEqual(both_ways(100 * positive, positive).item(), 2 * np.log(2) * 2 / 3, places=4)

    def test_packed_arrays_come_back(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "packed.bin"
            write_packed(path, {"né": [1]}, {"a": np.eye(3), "b": np.arange(2)})
            facts, arrays = read_packed(path)
        self.assertEqual(facts, {"né": [1]})
        np.testing.assert_array_equal(arrays["a"], np.eye(3).ravel())


if __name__ == "__main__":
    unittest.main()
