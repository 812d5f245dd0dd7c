# Fill in the bodies: each docstring says what is asked.
"""Features of many numbers as points in the plane."""

import numpy as np


def embed(features: np.ndarray, seed: int) -> np.ndarray:
    """Return the features of N samples, shape (N, D), as points in the plane, shape (N, 2), by t-SNE.

    Use scikit-learn's `TSNE`. The same `seed` gives the same points. What is near in the plane must be near among
    the features; how that is weighed against the opposite is up to you. N is from 60 to 100. `features` is left as it
    is.
    """
    raise NotImplementedError("embedding.tsne")
