# Fill in the bodies: each docstring says what is asked.
"""Training a network by mini-batches: shuffling, and an epoch of each of three update rules.

Conventions of this module:

- ``parameters`` is a dict from names to float arrays of any shapes (of weights, biases, …), whatever network they are
  of. `gradient` is a callable: ``gradient(parameters, x, y)`` returns the gradient of the network's loss on the batch
  (x, y), mean over the batch, as a dict of the same names and shapes.
- ``batches`` is a list of pairs (x, y). An epoch makes one update for each of them, in their order, each time with
  the gradient at the newest parameters; all parameters are updated at once.
- An epoch returns the parameters after it. A rule with a memory is given its memory and returns it too, as a tuple
  (parameters, memory): None at the start of training, later whatever its last epoch returned. What it is, is up to
  you; training goes on as if there were no border between epochs.
- Whether what is passed in is changed is left to you. float64 and float32 are both fine.

In the formulas p stands for a parameter, g for its gradient on the batch, η for `learning_rate`; all operations go
entry by entry.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Arrays = dict[str, np.ndarray]
Batch = tuple[np.ndarray, np.ndarray]
Gradient = Callable[[Arrays, np.ndarray, np.ndarray], Arrays]


def mini_batches(x: np.ndarray, y: np.ndarray, order: np.ndarray, size: int) -> list[Batch]:
    """Return an epoch's batches: a list of pairs of arrays, `size` samples each.

    `x` has shape (N, …), `y` has shape (N, …), and sample n is the pair x[n], y[n]. `order` is a permutation of
    0 … N − 1: the samples come in the order x[order[0]], x[order[1]], … Where `size` does not divide N the last batch
    is shorter, and it counts like any other.
    """
    raise NotImplementedError("training.sgd")


def sgd_epoch(parameters: Arrays, gradient: Gradient, batches: Sequence[Batch], learning_rate: float) -> Arrays:
    """Return the parameters after one epoch of stochastic gradient descent, p ← p − η g."""
    raise NotImplementedError("training.sgd")


def momentum_epoch(
    parameters: Arrays,
    memory: Any,
    gradient: Gradient,
    batches: Sequence[Batch],
    learning_rate: float,
    alpha: float,
) -> tuple[Arrays, Any]:
    """Return parameters and memory after one epoch of gradient descent with momentum.

        v ← α v − η g        p ← p + v

    The velocity v of each parameter starts training as 0. `alpha` is α, from 0 to 1.
    """
    raise NotImplementedError("training.momentum")


def rmsprop_epoch(
    parameters: Arrays,
    memory: Any,
    gradient: Gradient,
    batches: Sequence[Batch],
    learning_rate: float,
    rho: float,
    epsilon: float,
) -> tuple[Arrays, Any]:
    """Return parameters and memory after one epoch of RMSProp.

        s ← ρ s + (1 − ρ) g²        p ← p − η g / (√s + ε)

    The average s of each parameter starts training as 0 and is not corrected for it. `rho` is ρ, from 0 to 1, and
    `epsilon` is ε > 0, added outside the root.
    """
    raise NotImplementedError("training.rmsprop")
