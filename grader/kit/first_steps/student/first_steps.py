"""A first exercise, which is nearly right: first_steps/README.md walks through it."""

import numpy as np


def standardise(x):
    """Return `x` with each column shifted and scaled to mean 0 and variance 1.

    `x` and the result are float64 arrays of shape (n, d). The variance is the mean of the squared distances from the
    mean. A column of equal numbers becomes zeros.
    """
    mean = np.mean(x)
    deviation = np.std(x, axis=0)
    return (x - mean) / deviation
