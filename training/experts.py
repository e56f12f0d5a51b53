"""The towers of mixture.py: light experts of text, tokens and pictures, and the gates that mix them."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from heads import Temperature
from mixture_arms import TEXT, Arm, Settings

INNER = 64
AXES = 256
TOKENS = 10


def nothing_at_first(layer: nn.Linear) -> nn.Linear:
    """The same layer, which answers 0 until it has learned something."""
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


@dataclass(frozen=True)
class Tokens:
    """The words of texts; 0 where a text has no more."""

    words: Tensor
    """[n, TOKENS, dims], or where `rows` tells which stands where, [different, dims]."""
    rows: Tensor | None = None
    """[n, TOKENS]."""

    def seen_by(self, layer: Callable[[Tensor], Tensor]) -> Tensor:
        """[n, TOKENS, what the layer answers]; each different word is seen once."""
        seen = layer(self.words)
        return seen if self.rows is None else functional.embedding(self.rows, seen)


class Gate(nn.Module):
    """Shares of parts, which sum to 1 and are equal at first."""

    def __init__(self, parts: int, dims: int, sees: str) -> None:
        super().__init__()
        self.sees = sees
        width = {"content": parts * dims, "agreement": parts * (parts + 1), "nothing": 1}[sees]
        self.linear = nothing_at_first(nn.Linear(width, parts))

    def forward(self, parts: list[Tensor]) -> Tensor:
        """[n, dims] each -> [n, dims]."""
        stacked = torch.stack(parts, 1)
        shares = torch.softmax(self.linear(self.seen(parts, stacked)), 1)
        return (shares[:, :, None] * stacked).sum(1)

    def seen(self, parts: list[Tensor], stacked: Tensor) -> Tensor:
        """[n, width]."""
        if self.sees == "content":
            return torch.cat(parts, 1)
        if self.sees == "nothing":
            return torch.ones_like(parts[0][:, :1])
        straight = functional.normalize(stacked, dim=-1)
        return torch.cat([(straight @ straight.transpose(1, 2)).flatten(1), stacked.norm(dim=-1)], 1)


class Experts(nn.Module):
    """The text experts of an arm and the gate within text: items and queries go through the same."""

    def __init__(self, arm: Arm, settings: Settings, dims: int) -> None:
        super().__init__()
        self.names = [name for name in TEXT if name in arm.experts]
        if "attention" in self.names:
            self.attend = nn.Sequential(nn.Linear(dims, INNER), nn.Tanh(), nn.Linear(INNER, 1, bias=False))
            self.weigh = nothing_at_first(nn.Linear(dims, dims))
        if "transformer" in self.names:
            self.narrow, self.widen = nn.Linear(dims, INNER), nothing_at_first(nn.Linear(INNER, dims))
            self.place = nn.Parameter(0.02 * torch.randn(1, TOKENS, INNER))
            layer = lambda: nn.TransformerEncoderLayer(INNER, 4, 2 * INNER, 0.0, "gelu", batch_first=True, norm_first=True)
            self.layers = nn.Sequential(layer(), layer())
        self.gate = Gate(len(self.names) + 1, dims, settings.within)

    def forward(self, text: Tensor, tokens: Tokens) -> Tensor:
        """[n, dims] -> [n, dims]."""
        there = tokens.seen_by(lambda words: (words.sum(-1, keepdim=True) != 0).float())[:, :, 0]
        return self.gate([getattr(self, name)(text, tokens, there) for name in self.names] + [text])

    def attention(self, text: Tensor, tokens: Tokens, there: Tensor) -> Tensor:
        """FtAtt, on top of the text's own vector."""
        scores = tokens.seen_by(self.attend)[:, :, 0] - 1e4 * (1 - there)
        return text + self.weigh((torch.softmax(scores, 1)[:, None] @ tokens.seen_by(lambda words: words))[:, 0])

    def transformer(self, text: Tensor, tokens: Tokens, there: Tensor) -> Tensor:
        """LBert, likewise; what is no word counts for nothing in the mean."""
        seen = self.layers(tokens.seen_by(self.narrow) + self.place)
        mean = (seen * there[:, :, None]).sum(1) / there.sum(1, keepdim=True).clamp(min=1)
        return text + self.widen(mean)


class Mixture(nn.Module):
    """Both towers."""

    def __init__(self, arm: Arm, settings: Settings, dims: int) -> None:
        super().__init__()
        self.arm, self.settings = arm, settings
        self.experts = Experts(arm, settings, dims)
        self.drop = nn.Dropout(settings.dropout)
        if arm.picture:
            self.look = nn.Linear(AXES, dims)
            if settings.look == "nothing":
                nothing_at_first(self.look)
        if "joint" in arm.experts:
            last = nn.Linear(2 * INNER, dims)
            self.joint = nn.Sequential(nn.Linear(dims + AXES, 2 * INNER), nn.GELU(), nothing_at_first(last) if settings.joint == "added" else last)
        parts = int(arm.text) + int(arm.picture) + int("joint" in arm.experts)
        self.across = Gate(parts, dims, settings.across)
        self.temperature = Temperature()

    def item(self, text: Tensor, tokens: Tokens, picture: Tensor) -> Tensor:
        """Vectors of length 1."""
        picture = self.drop(picture)
        if self.arm.concatenated:
            return functional.normalize(text + self.look(picture), dim=-1)
        parts = [self.experts(text, tokens)] if self.arm.text else []
        if self.arm.picture:
            parts.append(self.look(picture))
        if "joint" in self.arm.experts:
            parts.append(self.joined(parts, torch.cat([text, picture], 1)))
        mixed = self.across(parts) if self.arm.gated else torch.stack(parts, 1).mean(1)
        return functional.normalize(mixed, dim=-1)

    def joined(self, parts: list[Tensor], both: Tensor) -> Tensor:
        """VBert."""
        own = self.joint(both)
        return own + torch.stack(parts, 1).mean(1) if self.settings.joint == "added" else own

    def query(self, text: Tensor, tokens: Tokens) -> Tensor:
        """Vectors of length 1."""
        return functional.normalize(text if self.arm.concatenated else self.experts(text, tokens), dim=-1)


class ItemTower(nn.Module):
    """For standardised features as they come."""

    def __init__(self, mixture: Mixture, axes: Tensor) -> None:
        super().__init__()
        self.mixture = mixture
        self.register_buffer("axes", axes)

    def forward(self, text: Tensor, tokens: Tensor, picture: Tensor) -> Tensor:
        return self.mixture.item(text, in_rows(tokens, text), picture @ self.axes.T)


class QueryTower(nn.Module):
    """Words alone."""

    def __init__(self, mixture: Mixture) -> None:
        super().__init__()
        self.mixture = mixture

    def forward(self, text: Tensor, tokens: Tensor) -> Tensor:
        return self.mixture.query(text, in_rows(tokens, text))


def in_rows(tokens: Tensor, text: Tensor) -> Tokens:
    """Words that lie end to end, [n, TOKENS x dims]."""
    return Tokens(tokens.view(-1, TOKENS, text.shape[1]))
