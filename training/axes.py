"""Features in fewer dimensions."""

import torch
from torch import Tensor


def widest(features: Tensor, count: int) -> Tensor:
    """
    The principal axes of centred features: [n, dims] -> [count, dims], scaled so that what is projected has length 1 on average.
    """
    _, directions = torch.linalg.eigh(features.T @ features)
    axes = directions[:, -count:].T
    return axes / (features @ axes.T).norm(dim=1).mean()
