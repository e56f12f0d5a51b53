"""
Text, tokens and pictures of an item joined by a mixture of light experts, after MRSE (Shopee 2024, arXiv 2408.14968). What is not
public there (the gates' inputs, sizes) is made up consistently with what is.

    v  = a linear map of the picture                          at first the bridge in closed form to the queries that it answers
    e1 = (t + v) / 2 + MLP [text; picture]                    joint expert
    e2 = sum a_t f_t,  a = softmax(v . tanh(W f_t))           attention over token vectors
    e3 = mean of a two-layer transformer over token vectors
    t  = sum g_k e_k,  g = softmax(W1 [e2; e3; q])            gate within text, q the encoder's own vector
    z  = unit(g_t t + g_v v + g_tv e1),  g = softmax(W2 [t; v; e1] + b)      gate across modalities
    L  = CE(in-batch and sampled items) + lambda * max(0, m - s(q, i+) + max over hard negatives s(q, n))

A query has text alone: its vector is unit(t). Everything begins near the text encoder's own space, so types of goods that no
training has seen still work. Reads what test/relevance/mixture/ packs, which holds no query of the validation and test types and
no item of them; writes `item.onnx` and `query.onnx` for every arm and seed.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from axes import widest
from exchange import read_packed
from experts import AXES, TOKENS, Gate, ItemTower, Mixture, QueryTower, Tokens
from export_head import export_head
from mixture_arms import ARMS, Arm, Settings
from trainer import comparison, fit, lacking, seeded

HARD = 2
MARGIN = 0.2
WEIGHT = 1.0


@dataclass(frozen=True)
class Catalogue:
    """What is trained on."""

    text: Tensor
    """[items, dims], rows of length 1, as those of `queries`."""
    picture: Tensor
    """[items, AXES]."""
    axes: Tensor
    """[AXES, feature dims]."""
    tokens: Tensor
    """[items, TOKENS]: the rows of a text's words; the last, which is 0, where it has no more."""
    queries: Tensor
    asked: Tensor
    """The tokens of queries."""
    words: Tensor
    """[words, dims]."""
    right: list[np.ndarray]
    """By query: items of the type and colour."""
    near: list[np.ndarray]
    """By query: items of the type in another colour."""
    fits: Tensor
    """[queries, items] of 0 and 1: `right` as a matrix."""


def read_catalogue(path: Path) -> Catalogue:
    """The packed training part."""
    facts, arrays = read_packed(path)
    dims, items = facts["dims"], len(facts["tokens"])
    words = torch.cat([torch.tensor(arrays["words"]).view(-1, dims), torch.zeros(1, dims)])
    features = torch.tensor(arrays["features"]).view(items, -1)
    axes = widest(features, AXES)
    fits = torch.zeros(len(facts["right"]), items)
    for query, rows in enumerate(facts["right"]):
        fits[query, rows] = 1
    lists = {name: [np.array(rows, dtype=int) for rows in facts[name]] for name in ("right", "near")}
    return Catalogue(
        torch.tensor(arrays["text"]).view(items, dims), features @ axes.T, axes, first_tokens(words, facts["tokens"]),
        torch.tensor(arrays["queries"]).view(-1, dims), first_tokens(words, facts["asked"]), words, lists["right"], lists["near"], fits,
    )  # fmt: skip


def first_tokens(words: Tensor, rows: list[list[int]]) -> Tensor:
    """The rows of the first TOKENS words of each text."""
    return torch.tensor([(own + [len(words) - 1] * TOKENS)[:TOKENS] for own in rows])


def distinct(words: Tensor, rows: Tensor) -> Tokens:
    """The words that stand in some texts."""
    different, there = torch.unique(rows, return_inverse=True)
    return Tokens(words[different], there)


def one_of(rows: np.ndarray, chance: np.random.Generator) -> int:
    """Any of them."""
    return int(rows[chance.integers(len(rows))])


def loss_of(mixture: Mixture, catalogue: Catalogue, chance: np.random.Generator) -> Tensor:
    """The hybrid loss of one batch; what answers a query, too, is no negative."""
    arm, count = mixture.arm, len(catalogue.text)
    size, sampled = mixture.settings.batch, mixture.settings.sampled
    asked = chance.integers(len(catalogue.right), size=size)
    right = np.array([one_of(catalogue.right[query], chance) for query in asked])
    hard = [one_of(catalogue.near[query], chance) if arm.hard and len(catalogue.near[query]) > 0 else chance.integers(count) for query in asked for _ in range(HARD)]
    items = np.concatenate([right, chance.integers(count, size=sampled), hard if arm.triplet else []]).astype(int)
    vectors = mixture.item(catalogue.text[items], distinct(catalogue.words, catalogue.tokens[items]), catalogue.picture[items])
    queries = mixture.query(catalogue.queries[asked], distinct(catalogue.words, catalogue.asked[asked]))
    softmax = size + sampled
    cosines = queries @ vectors[:softmax].T
    also = catalogue.fits[asked][:, items[:softmax]].clone()
    also.fill_diagonal_(0)
    scores = mixture.temperature(cosines).masked_fill(also > 0, -1e4)
    loss = functional.cross_entropy(scores, torch.arange(size))
    if not arm.triplet:
        return loss
    against = (queries[:, None] * vectors[softmax:].view(size, HARD, -1)).sum(-1).amax(1)
    return loss + WEIGHT * functional.relu(MARGIN - cosines.diagonal() + against).mean()


def bridge(catalogue: Catalogue, ridge: float) -> Tensor:
    """From pictures to the mean of the queries that they answer, in closed form: [dims, AXES]."""
    answered = catalogue.fits.sum(0)
    there = answered > 0
    wanted = (catalogue.fits.T @ catalogue.queries)[there] / answered[there, None]
    seen = catalogue.picture[there]
    gram = seen.T @ seen + ridge * torch.eye(AXES)
    return torch.linalg.solve(gram, seen.T @ (wanted - wanted.mean(0))).T


def begun(catalogue: Catalogue, arm: Arm, settings: Settings) -> Mixture:
    """Untrained."""
    mixture = Mixture(arm, settings, catalogue.text.shape[1])
    if arm.picture and settings.look == "bridge":
        with torch.no_grad():
            mixture.look.weight.copy_(bridge(catalogue, settings.ridge))
            mixture.look.bias.zero_()
    return mixture


def train(catalogue: Catalogue, arm: Arm, seed: int, settings: Settings = Settings()) -> Mixture:
    """One arm."""
    chance = seeded(seed)
    if arm.shuffled:
        order = torch.tensor(chance.permutation(len(catalogue.text)))
        catalogue = replace(catalogue, picture=catalogue.picture[order])
    mixture = begun(catalogue, arm, settings)
    gates = [weight for part in mixture.modules() if isinstance(part, Gate) for weight in part.parameters()]
    others = [weight for weight in mixture.parameters() if all(weight is not gate for gate in gates)]
    groups = [
        {"params": others, "lr": settings.rate, "weight_decay": settings.decay},
        {"params": gates, "lr": settings.rate * settings.gate_rate, "weight_decay": settings.decay},
    ]
    losses = (loss_of(mixture, catalogue, chance) for _ in range(settings.steps))
    return fit(mixture, losses, settings.steps, groups)


def export(mixture: Mixture, catalogue: Catalogue, folder: Path) -> None:
    """Both towers."""
    folder.mkdir(parents=True)
    width = catalogue.text.shape[1]
    dims = {"text": width, "tokens": TOKENS * width}
    export_head(ItemTower(mixture, catalogue.axes), {**dims, "picture": catalogue.axes.shape[1]}, folder / "item.onnx")
    export_head(QueryTower(mixture), dims, folder / "query.onnx")


def main() -> None:
    """Trains every arm for every seed that the folder lacks."""
    parser = comparison(__doc__, "catalogue")
    parser.add_argument("--arms", nargs="*", help="only these")
    parser.add_argument("--settings", type=json.loads, default={}, help="as JSON, in the place of those that were chosen")
    arguments = parser.parse_args()
    catalogue, settings = read_catalogue(arguments.catalogue), Settings(**arguments.settings)
    arms = {arm.name: arm for arm in ARMS if not arguments.arms or arm.name in arguments.arms}
    for name, seed, folder in lacking(arguments.folder, arms, arguments.seeds):
        export(train(catalogue, arms[name], seed, settings), catalogue, folder)
    print(json.dumps({"seeds": arguments.seeds, "settings": asdict(settings)}))


if __name__ == "__main__":
    main()
