"""Derivatives by finite differences and complex steps, and the dot-product test for transposed Jacobians."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.asking.failing import fail
from grader.checks.comparing.closeness import ROUNDING, Expected, assert_close, numbers, plain
from grader.checks.comparing.wording import told

Array = NDArray[np.float64]


def numeric_jacobian(function: Callable[[Array], Expected], at: Expected, step: float = 1e-5) -> Array:
    """Return the Jacobian of `function` at `at` by central differences, in float64.

    The result has the shape of the function's value followed by the shape of `at`. The error is of order ``step**2``
    times the third derivative, plus ``1e-16 / step``: so use it only for functions that compute in double precision.
    For a function that is linear along each entry of `at` it is exact for any `step`, and ``step=1`` then loses no
    digits even in single precision.
    """
    point = plain(at).astype(np.float64)
    columns = []
    for index in np.ndindex(point.shape):
        nudge = np.zeros_like(point)
        nudge[index] = step
        difference = plain(function(point + nudge)) - plain(function(point - nudge))
        columns.append(difference.astype(np.float64) / (2 * step))
    return np.stack(columns, axis=-1).reshape(*columns[0].shape, *point.shape)


def numeric_gradient(function: Callable[[Array], Any], at: Expected, step: float = 1e-5) -> Array:
    """Return the gradient of the scalar `function` at `at`, with the shape of `at`.

    See `numeric_jacobian` for its accuracy.
    """
    return numeric_jacobian(lambda point: plain(function(point)).astype(np.float64).reshape(()), at, step)


def assert_mean_gradient(got: object, loss: Callable[[slice, Array], float], at: Array, *, what: str) -> None:
    """Fail unless `got` is the gradient of a mean over the rows of `at`, at the first, last and some middle rows.

    ``loss(rows, part)`` is the mean over these rows alone, `part` being their values. It is for batches so long that
    differences in all of their entries would take too long.
    """
    array = numbers(got, what=what)
    if array.shape != at.shape:
        fail(f"{told(what, 'has')} the wrong shape", f"expected {at.shape}, got {array.shape}")
    middle = len(at) // 2
    for rows in (slice(0, 3), slice(middle, middle + 3), slice(len(at) - 3, len(at))):
        right = numeric_gradient(lambda part, rows=rows: loss(rows, part), at[rows])  # type: ignore[misc]
        assert_close(array[rows], right * 3 / len(at), what=f"rows {rows.start} to {rows.stop - 1} of {what}")


def complex_gradient(function: Callable[[NDArray[np.complex128]], Any], at: Expected) -> Array:
    """Return the gradient of the scalar `function` at `at`, with the shape of `at`, exact except for rounding.

    `function` must accept complex arrays and be analytic around `at`: made of sums, products and the like, without
    `abs` or `max`, and comparing only real parts. Nothing is subtracted, so that the step of 1e-30 costs no digits
    (Squire and Trapp 1998).
    """
    point = plain(at).astype(np.complex128)
    slopes = np.empty(point.shape)
    for index in np.ndindex(point.shape):
        nudged = point.copy()
        nudged[index] += 1e-30j
        slopes[index] = np.imag(function(nudged)) / 1e-30
    return slopes


def assert_adjoint(*, forward: Expected, v: Expected, u: Expected, backward: Expected, what: str) -> None:
    """Dot-product test: fail unless ``<J u, v> = <u, J^T v>``.

    `forward` is ``J u`` (shape of `v`) and `backward` is ``J^T v`` (shape of `u`), computed independently of each
    other. The tolerance is relative to ``|J u| |v|``, because the sum itself may cancel out: it is that of
    `assert_close`, but 3.5e-4 if the coarser dtype of `forward` and `backward` is float32.
    """
    ahead, back, to, by = plain(forward), plain(backward), plain(v), plain(u)
    if back.shape != by.shape:
        fail(f"{what}: the product has the wrong shape", f"expected {by.shape}, got {back.shape}")
    scale = float(np.linalg.norm(ahead) * np.linalg.norm(to)) or 1.0
    dtype = np.result_type(ahead, back, np.float16)
    expected = np.asarray(np.vdot(ahead, to) / scale).astype(dtype)
    got = np.asarray(np.vdot(by, back) / scale).astype(dtype)
    assert_close(got, expected, what=what, atol=max(ROUNDING.absolute, float(np.finfo(dtype).eps) ** 0.5))
