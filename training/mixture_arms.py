"""What a mixture is made of, and how it is trained: the arms that are compared, and the settings that all of them share."""

from dataclasses import dataclass

TEXT = ("attention", "transformer")


@dataclass(frozen=True)
class Settings:
    """Chosen on types that are not reported; test/relevance/mixture/README.md says what each was worth there."""

    steps: int = 120
    batch: int = 48
    """Queries, each with an item that answers it."""
    sampled: int = 48
    """Items of a batch that are drawn at random."""
    rate: float = 5e-4
    decay: float = 0.1
    dropout: float = 0.1
    """Of what is seen of a picture."""
    look: str = "bridge"
    """How the map of pictures begins: `random`, `nothing`, or `bridge`, in closed form from the queries that items answer."""
    ridge: float = 10.0
    """Of the bridge."""
    joint: str = "added"
    """The joint expert: a vector of its `own`, at first by chance, or what it adds to the mean of text and picture, at first nothing: `added`."""
    within: str = "content"
    """What the gate within text sees: `content`, `agreement` (cosines between its parts, and their lengths), or `nothing`: the same shares for all."""
    across: str = "content"
    gate_rate: float = 1.0
    """How fast gates learn, relative to the rest."""


@dataclass(frozen=True)
class Arm:
    """Which experts an item has, and what is minimised."""

    name: str
    experts: tuple[str, ...] = ("joint", "attention", "transformer")
    text: bool = True
    """Whether an item is seen by its words; queries are, always."""
    picture: bool = True
    gated: bool = True
    """Otherwise text and picture count the same."""
    triplet: bool = True
    hard: bool = True
    """Whether the triplet's negatives are of the right type in another colour; drawn at random otherwise."""
    concatenated: bool = False
    """One linear map of text and picture, no experts."""
    shuffled: bool = False


ARMS = [
    Arm("mixture"),
    Arm("text alone", experts=TEXT, picture=False),
    Arm("image alone", experts=TEXT, text=False),
    Arm("text and picture concatenated", experts=(), concatenated=True),
    Arm("fixed blend", experts=TEXT, gated=False),
    Arm("without the joint expert", experts=TEXT),
    Arm("without attention over tokens", experts=("joint", "transformer")),
    Arm("without the two-layer transformer", experts=("joint", "attention")),
    Arm("without hard negatives", hard=False),
    Arm("without the triplet loss", triplet=False),
    Arm("pictures shuffled", shuffled=True),
]
