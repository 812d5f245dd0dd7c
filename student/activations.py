# Fill in the bodies: each docstring says what is asked.
"""Activation functions: their values, their derivatives, and how they are put together.

Conventions of this module:

- ``z`` is a float array of any shape with at least one axis. Values and derivatives are arrays of that shape,
  entry by entry, of numbers (not truth values), nowhere nan or infinite, also not where z is 1000 or -1000.
- Whether the array that is passed in is changed is left to you. float64 and float32 are both fine; so are loops.
- Where a function has no derivative, any slope between those on both sides is right.

A decomposition is a function written as a list of stages ``(name, operation, operands)``:

- The name is a new text of at most 40 characters.
- The operation takes one operand (negate, reciprocal, exp, log, square, sqrt, absolute) or two (add, subtract,
  multiply, divide, maximum, minimum), entry by entry. There are no others; so no function of this module is
  an operation. (One more, sum, adds all entries up; here it is of no use.)
- The operands are a tuple, ``("x",)`` if there is one. Each is a plain number, "z", or the name of an earlier stage.
- The last stage is the function's value, and each stage before it is used by a later one.

Its local derivatives at z are a list with a tuple for each stage, in the same order. The tuple holds one array
of z's shape, or one number, for each operand that is a name: the derivative of this one operation by that
operand, at the operands' values. No chain rule is applied yet. An operand that stands twice in a stage has a
derivative at each place. Decompositions are asked for z from -20 to 20.

As an example, x² + 3 is ``[("s", "square", ("x",)), ("y", "add", ("s", 3.0))]``, with the local derivatives
``[(2 * x,), (1.0,)]``. A stage ``("p", "multiply", ("x", "s"))`` would have ``(s, x)``.
"""

from typing import Any

import numpy as np

Decomposition = list[tuple[str, str, tuple[str | float, ...]]]
LocalDerivatives = list[tuple[Any, ...]]


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Return the logistic function σ(z) = 1 / (1 + exp(-z))."""
    raise NotImplementedError("activations.sigmoid")


def sigmoid_derivative(z: np.ndarray) -> np.ndarray:
    """Return σ'(z), the derivative of `sigmoid` at z."""
    raise NotImplementedError("activations.sigmoid")


def sigmoid_decomposition() -> Decomposition:
    """Return a decomposition of `sigmoid`, of at least two stages."""
    raise NotImplementedError("activations.sigmoid")


def sigmoid_local_derivatives(z: np.ndarray) -> LocalDerivatives:
    """Return the local derivatives at z of each stage of `sigmoid_decomposition`."""
    raise NotImplementedError("activations.sigmoid")


def tanh(z: np.ndarray) -> np.ndarray:
    """Return the hyperbolic tangent (exp(z) - exp(-z)) / (exp(z) + exp(-z))."""
    raise NotImplementedError("activations.tanh")


def tanh_derivative(z: np.ndarray) -> np.ndarray:
    """Return tanh'(z), the derivative of `tanh` at z."""
    raise NotImplementedError("activations.tanh")


def tanh_decomposition() -> Decomposition:
    """Return a decomposition of `tanh`, of at least two stages."""
    raise NotImplementedError("activations.tanh")


def tanh_local_derivatives(z: np.ndarray) -> LocalDerivatives:
    """Return the local derivatives at z of each stage of `tanh_decomposition`."""
    raise NotImplementedError("activations.tanh")


def relu(z: np.ndarray) -> np.ndarray:
    """Return the rectifier: z where it is positive, else 0."""
    raise NotImplementedError("activations.relu")


def relu_derivative(z: np.ndarray) -> np.ndarray:
    """Return the derivative of `relu` at z; where z is 0, any number from 0 to 1."""
    raise NotImplementedError("activations.relu")


def relu_decomposition() -> Decomposition:
    """Return a decomposition of `relu`; here one stage may be enough."""
    raise NotImplementedError("activations.relu")


def relu_local_derivatives(z: np.ndarray) -> LocalDerivatives:
    """Return the local derivatives at z of each stage of `relu_decomposition`."""
    raise NotImplementedError("activations.relu")
