# Fill in the bodies: each docstring says what is asked.
"""Update rules of gradient descent, and the function on which they are watched.

Conventions of this module:

- ``parameters`` is a float array of shape (d,), for any d >= 1, and `gradient` a callable that takes such
  a point and returns the gradient there, an array of the same shape. It may be asked at any point, and may return
  the same array again: that one is left as it is.
- ``step`` makes one update and returns the new parameters, shape (d,). It is given what the last call
  returned. Whether it also changes the array that it was given is left to you. Other functions leave theirs.
- An optimizer remembers what it needs from one call of ``step`` to the next. Each object has a memory of
  its own, which starts at zero.
- All operations on vectors go coordinate by coordinate, and all coordinates are updated at once.
- float64 and float32 are both fine; so are loops.

In the formulas p stands for the parameters, g for the gradient at p, η for the learning rate.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

Gradient = Callable[[np.ndarray], np.ndarray]


def bowl(point: np.ndarray) -> float:
    """Return f(x, y) = 10 x² + y², the function that the update rules are watched on.

    `point` has shape (2,) and holds x and y. The result is one number.
    """
    raise NotImplementedError("optimizers.sgd")


def bowl_gradient(point: np.ndarray) -> np.ndarray:
    """Return the gradient of `bowl` at `point`: the partial derivatives by x and by y.

    `point` and the result have shape (2,).
    """
    raise NotImplementedError("optimizers.sgd")


class SGD:
    """Gradient descent without any memory: p ← p − η g.

    `learning_rate` is η > 0.
    """

    def __init__(self, learning_rate: float) -> None:
        """Keep the learning rate."""
        raise NotImplementedError("optimizers.sgd")

    def step(self, parameters: np.ndarray, gradient: Gradient) -> np.ndarray:
        """Return the parameters after one update, shape (d,)."""
        raise NotImplementedError("optimizers.sgd")


def descend(optimizer: Any, gradient: Gradient, start: np.ndarray, iterations: int) -> np.ndarray:
    """Return the path of `iterations` updates from `start`, as an array of shape (iterations + 1, d).

    Row 0 is the start, row t the parameters after t updates. `optimizer` is any object with a
    method ``step(parameters, gradient)`` that returns the new parameters; it may change the array that it
    is given. `start` has shape (d,), `iterations` is at least 0. Whether `start` is changed is left to you.
    """
    raise NotImplementedError("optimizers.sgd")


class Momentum:
    """Gradient descent with momentum (Polyak 1964, "Some methods of speeding up the convergence").

    v ← β v + g, then p ← p − η v, with v = 0 at the start. The form v ← β v − η g, p ← p + v gives the same
    path and is as good. An average v ← β v + (1 − β) g is another rule and does not count here.
    `learning_rate` is η > 0, `beta` is β with 0 ≤ β < 1.
    """

    def __init__(self, learning_rate: float, beta: float) -> None:
        """Keep the hyper-parameters; the velocity is zero."""
        raise NotImplementedError("optimizers.momentum")

    def step(self, parameters: np.ndarray, gradient: Gradient) -> np.ndarray:
        """Return the parameters after one update, shape (d,); the velocity is kept for the next."""
        raise NotImplementedError("optimizers.momentum")


class Nesterov:
    """Nesterov's momentum: the gradient is asked where the velocity is about to lead.

    v ← β v + ∇f(p − η β v), then p ← p − η v, with v = 0 at the start (Sutskever et al. 2013, "On the
    importance of initialization and momentum in deep learning", whose v is our −η v).
    The form of ``torch.optim.SGD(nesterov=True)``, v ← β v + g and then p ← p − η (g + β v), is as
    good: its p are the points at which the form above asks for the gradient.
    `learning_rate` is η > 0, `beta` is β with 0 ≤ β < 1.
    """

    def __init__(self, learning_rate: float, beta: float) -> None:
        """Keep the hyper-parameters; the velocity is zero."""
        raise NotImplementedError("optimizers.nesterov")

    def step(self, parameters: np.ndarray, gradient: Gradient) -> np.ndarray:
        """Return the parameters after one update, shape (d,); the velocity is kept for the next."""
        raise NotImplementedError("optimizers.nesterov")


class AdaGrad:
    """AdaGrad (Duchi, Hazan and Singer 2011): each coordinate's rate falls with the gradients it has seen.

    s ← s + g², then p ← p − η g / (√s + ε), with s = 0 at the start. ε stands outside the root.
    `learning_rate` is η > 0, `epsilon` is ε > 0 and need not be small.
    """

    def __init__(self, learning_rate: float, epsilon: float) -> None:
        """Keep the hyper-parameters; the sum of squares is zero."""
        raise NotImplementedError("optimizers.adagrad")

    def step(self, parameters: np.ndarray, gradient: Gradient) -> np.ndarray:
        """Return the parameters after one update, shape (d,); the sum is kept for the next."""
        raise NotImplementedError("optimizers.adagrad")


class RMSProp:
    """RMSProp (Hinton 2012, Neural Networks for Machine Learning, lecture 6e).

    s ← ρ s + (1 − ρ) g², then p ← p − η g / (√s + ε), with s = 0 at the start and no correction for that
    start. ε stands outside the root.
    `learning_rate` is η > 0, `rho` is ρ with 0 ≤ ρ < 1, `epsilon` is ε > 0 and need not be small.
    """

    def __init__(self, learning_rate: float, rho: float, epsilon: float) -> None:
        """Keep the hyper-parameters; the average of squares is zero."""
        raise NotImplementedError("optimizers.rmsprop")

    def step(self, parameters: np.ndarray, gradient: Gradient) -> np.ndarray:
        """Return the parameters after one update, shape (d,); the average is kept for the next."""
        raise NotImplementedError("optimizers.rmsprop")
