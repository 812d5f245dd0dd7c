"""From scores to probabilities."""

import numpy as np
from numpy.typing import NDArray


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the softmax of each row: exp(s) divided by the sum of exp(s) over the row.

    `scores` is (N, K): a row for each of N examples, with K finite scores of any size, also 1000 and more. It is left
    as it is. The result is (N, K).
    """
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
