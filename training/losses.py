"""What the recipes minimise."""

import torch
from torch import Tensor
from torch.nn import functional


def several_positives(scores: Tensor, positive: Tensor) -> Tensor:
    """
    Softmax cross-entropy of each row over all columns, where a row may have several right ones (they share the mass).
    scores, positive: [n, m]; every row has a positive. Returns the mean over rows.
    """
    share = positive / positive.sum(1, keepdim=True)
    return -(share * functional.log_softmax(scores, 1)).sum(1).mean()


def both_ways(scores: Tensor, positive: Tensor) -> Tensor:
    """The same by rows and by columns (InfoNCE, van den Oord et al. 2018, with several positives)."""
    return several_positives(scores, positive) + several_positives(scores.T, positive.T)


def equal(left: Tensor, right: Tensor) -> Tensor:
    """Which of two lists of numbers are the same: [n], [m] -> [n, m] of 0 and 1."""
    return (left[:, None] == right[None]).float()
