"""How often things come by, in little memory."""

import numpy as np
from numpy.typing import NDArray


class CountMinSketch:
    """Counts of whole numbers, never too low (Cormode and Muthukrishnan 2005): `depth` rows of `width` counters."""

    def __init__(self, width: int = 1 << 14, depth: int = 4, seed: int = 7) -> None:
        chance = np.random.default_rng(seed)
        self.prime = (1 << 31) - 1
        self.scale, self.shift = (chance.integers(1, self.prime, size=(depth, 1)) for _ in range(2))
        self.counters = np.zeros((depth, width))
        self.total = 0

    def places(self, things: NDArray[np.int64]) -> NDArray[np.int64]:
        """[n] -> [depth, n]: each row's counter of each thing."""
        return (self.scale * things[None] + self.shift) % self.prime % self.counters.shape[1]

    def add(self, things: NDArray[np.int64]) -> None:
        """Counts each once more for every time it stands in the list."""
        for row, place in zip(self.counters, self.places(things)):
            np.add.at(row, place, 1)
        self.total += len(things)

    def share(self, things: NDArray[np.int64]) -> NDArray[np.float64]:
        """The part of everything counted that each is; what never came by counts as once."""
        least = np.min([row[place] for row, place in zip(self.counters, self.places(things))], axis=0)
        return np.maximum(least, 1) / max(1, self.total)
