# Fill in the bodies: each docstring says what is asked.
"""Circular cross-correlation of two signals, and its derivatives.

For two signals x and y of length n, and k from 0 to n − 1,

    z[k] = Σ over i from 0 to n − 1 of x[i] · y[(i + k) mod n]

Conventions of this module:

- `x` and `y` are real float arrays of shape (n,), for any n >= 1, and are left as they were.
- Results are real; float64 and float32 are both fine, and so are loops.
- A Jacobian has one row for each output k and one column for each input i.

A coefficient may also be answered by a text, the same whatever the arguments are: a formula in x, y, k, i and n. So
may a Jacobian, by the formula of its entry in row k, column i. Such a text is ``"x[0] * y[⌊(n - k) / 2⌋]"``, with
the signs ``+ - * / // ^ ( )`` and the functions floor, ceil, abs, min, max and mod, as in ``"(n + 1) mod k"``. In a
formula indices run from 0 to n − 1, and negative ones name no entry.
"""

import numpy as np


def circular_correlation(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return z, the circular cross-correlation of `x` and `y` as defined above, shape (n,)."""
    raise NotImplementedError("correlation.forward")


def dz_dx(x: np.ndarray, y: np.ndarray, k: int, i: int) -> float | str:
    """Return ∂z[k]/∂x[i] as one number, for k and i from 0 to n − 1, or as a formula."""
    raise NotImplementedError("correlation.coefficients")


def dz_dy(x: np.ndarray, y: np.ndarray, k: int, i: int) -> float | str:
    """Return ∂z[k]/∂y[i] as one number, for k and i from 0 to n − 1, or as a formula."""
    raise NotImplementedError("correlation.coefficients")


def jacobian_x(x: np.ndarray, y: np.ndarray) -> np.ndarray | str:
    """Return the Jacobian of z with respect to x, shape (n, n): ∂z[k]/∂x[i] in row k, column i; or as a formula."""
    raise NotImplementedError("correlation.jacobians")


def jacobian_y(x: np.ndarray, y: np.ndarray) -> np.ndarray | str:
    """Return the Jacobian of z with respect to y, shape (n, n): ∂z[k]/∂y[i] in row k, column i; or as a formula."""
    raise NotImplementedError("correlation.jacobians")


def vjp(x: np.ndarray, y: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the vector-Jacobian products of z: the gradients of a loss L with respect to x and to y.

    `v` is the upstream gradient ∂L/∂z, shape (n,). The result is a pair (x_bar, y_bar) of arrays of
    shape (n,), with x_bar[i] = ∂L/∂x[i] and y_bar[i] = ∂L/∂y[i].
    """
    raise NotImplementedError("correlation.products")
