"""Small networks on frozen features."""

import torch
from torch import Tensor, nn
from torch.nn import functional


class Head(nn.Module):
    """Layer norm, one hidden layer and a linear way past it: [n, inputs] -> [n, outputs], rows of length 1."""

    def __init__(self, inputs: int, outputs: int, hidden: int = 512, dropout: float = 0.0) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(inputs)
        self.hidden = nn.Sequential(nn.Linear(inputs, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, outputs))
        self.past = nn.Linear(inputs, outputs)

    def forward(self, features: Tensor) -> Tensor:
        normal = self.norm(features)
        return functional.normalize(self.hidden(normal) + self.past(normal), dim=-1)


class Temperature(nn.Module):
    """Scales cosines for a softmax; learned, 100 at most (CLIP, Radford et al. 2021)."""

    def __init__(self, start: float = 20.0) -> None:
        super().__init__()
        self.log = nn.Parameter(torch.tensor(start).log())

    def forward(self, cosines: Tensor) -> Tensor:
        return cosines * self.log.exp().clamp(max=100)
