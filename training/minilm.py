"""all-MiniLM-L6-v2 in plain torch: six BERT layers, mean pooling and unit length, nothing else.

Modules are named as the keys of the published weights, so that `load_state_dict` needs no map.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class MiniLMSizes:
    """The sizes of all-MiniLM-L6-v2; the published config.json says the same."""

    width: int = 384
    heads: int = 12
    layers: int = 6
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    epsilon: float = 1e-12


class Embeddings(nn.Module):
    """Token, position and (constant) type embedding of each token, normalised."""

    def __init__(self, sizes: MiniLMSizes) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(sizes.vocabulary, sizes.width)
        self.position_embeddings = nn.Embedding(sizes.positions, sizes.width)
        self.token_type_embeddings = nn.Embedding(2, sizes.width)
        self.LayerNorm = nn.LayerNorm(sizes.width, eps=sizes.epsilon)

    def forward(self, ids: Tensor) -> Tensor:
        """[batch, sequence] int64 -> [batch, sequence, width]."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        summed = self.word_embeddings(ids) + self.position_embeddings(positions)
        return self.LayerNorm(summed + self.token_type_embeddings.weight[0])


class SelfAttention(nn.Module):
    """Scaled dot product attention, each head by itself."""

    def __init__(self, sizes: MiniLMSizes) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.head_width = sizes.width // sizes.heads
        self.query = nn.Linear(sizes.width, sizes.width)
        self.key = nn.Linear(sizes.width, sizes.width)
        self.value = nn.Linear(sizes.width, sizes.width)

    def split(self, x: Tensor) -> Tensor:
        """[batch, sequence, width] -> [batch, heads, sequence, head width]."""
        return x.unflatten(2, (self.heads, self.head_width)).transpose(1, 2)

    def forward(self, x: Tensor, penalty: Tensor) -> Tensor:
        """[batch, sequence, width] and a penalty [batch, 1, 1, sequence] -> [batch, sequence, width]."""
        query, key, value = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        scores = query @ key.transpose(2, 3) / math.sqrt(self.head_width) + penalty
        return (scores.softmax(-1) @ value).transpose(1, 2).flatten(2)


class ResidualOutput(nn.Module):
    """A projection back to the width, added to what came in, normalised."""

    def __init__(self, inner: int, sizes: MiniLMSizes) -> None:
        super().__init__()
        self.dense = nn.Linear(inner, sizes.width)
        self.LayerNorm = nn.LayerNorm(sizes.width, eps=sizes.epsilon)

    def forward(self, x: Tensor, residual: Tensor) -> Tensor:
        """[batch, sequence, inner] and [batch, sequence, width] -> [batch, sequence, width]."""
        return self.LayerNorm(self.dense(x) + residual)


class Layer(nn.Module):
    """One BERT layer: attention, then a two-layer perceptron."""

    def __init__(self, sizes: MiniLMSizes) -> None:
        super().__init__()
        attention = {"self": SelfAttention(sizes), "output": ResidualOutput(sizes.width, sizes)}
        self.attention = nn.ModuleDict(attention)
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(sizes.width, sizes.inner)})
        self.output = ResidualOutput(sizes.inner, sizes)

    def forward(self, x: Tensor, penalty: Tensor) -> Tensor:
        """[batch, sequence, width] -> [batch, sequence, width]."""
        attended = self.attention["output"](self.attention["self"](x, penalty), x)
        widened = nn.functional.gelu(self.intermediate["dense"](attended))
        return self.output(widened, attended)


class MiniLM(nn.Module):
    """From token ids to one unit vector per text."""

    def __init__(self, sizes: MiniLMSizes = MiniLMSizes()) -> None:
        super().__init__()
        self.embeddings = Embeddings(sizes)
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))})

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Two int64 [batch, sequence] -> float32 [batch, width], each row of length 1."""
        kept = attention_mask.to(torch.float32)
        penalty = (1 - kept)[:, None, None, :] * -10_000.0
        x = self.embeddings(input_ids)
        for layer in self.encoder["layer"]:
            x = layer(x, penalty)
        mean = (x * kept[:, :, None]).sum(1) / kept.sum(1, keepdim=True).clamp(min=1)
        return nn.functional.normalize(mean, dim=1)
