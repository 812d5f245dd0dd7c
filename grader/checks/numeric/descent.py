"""Optimizers under check: slopes to descend, the submission's path, the path of a rule.

Slopes are callables whose `repr` is Python, because feedback shows the calls that reproduce a failure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.asking.failing import fail
from grader.checks.asking.objects import AffineFunction, StudentObject
from grader.checks.comparing.closeness import numbers
from grader.worker.wire.codec import Affine

Array = NDArray[Any]
Row = tuple[float, ...]
Gradient = Callable[[Any], Array]
# (point, memory, gradient) -> (next point, next memory); the memory starts as zeros of the point's shape.
Rule = Callable[[Array, Array, Gradient], tuple[Array, Array]]


@dataclass(frozen=True)
class Quadratic(AffineFunction):
    """The gradient ``H (p - minimum)`` of a quadratic function; call it with a point of shape (d,).

    `start` is where a descent may begin. Called with anything but a finite point of shape (d,), it ends the check as
    the student's mistake.
    """

    hessian: tuple[Row, ...]
    minimum: Row
    start: Row

    def __call__(self, point: object) -> Array:
        place = numbers(point, what="the point at which the gradient was called")
        if place.shape != (len(self.minimum),) or not np.isfinite(place).all():
            fail(
                "the gradient was called with something that is not a finite point of the parameters' shape",
                f"called with: {place!r:.300}",
            )
        return np.asarray(self.matrix @ (place - np.array(self.minimum)))

    @cached_property
    def matrix(self) -> Array:
        """The Hessian as an array of shape (d, d)."""
        return np.array(self.hessian)

    @property
    def origin(self) -> Array:
        """The start as a fresh array of shape (d,)."""
        return np.array(self.start)

    def as_data(self) -> Affine:
        """Return the gradient in a form that the student's side can call."""
        return Affine(self.matrix, np.array(self.minimum), np.zeros(len(self.minimum)))

    def scaled(self, factor: float) -> Quadratic:
        """Return the gradient of `factor` times the function."""
        rows = tuple(tuple(factor * entry for entry in row) for row in self.hessian)
        return Quadratic(rows, self.minimum, self.start)


@dataclass(frozen=True)
class ConstantGradient(AffineFunction):
    """A gradient that is the same everywhere, as on a uniform slope; call it with any point."""

    values: Row

    def __call__(self, point: object) -> Array:
        return np.array(self.values)

    def as_data(self) -> Affine:
        """Return the gradient in a form that the student's side can call."""
        size = len(self.values)
        return Affine(np.zeros((size, size)), np.zeros(size), np.array(self.values))


class Recorded:
    """A gradient that records the points at which it was called, in order, as `points`."""

    def __init__(self, gradient: Gradient) -> None:
        self.gradient = gradient
        self.points: list[Array] = []

    def __call__(self, point: object) -> Array:
        slope = self.gradient(point)  # first: if it is not a point, the check ends here
        self.points.append(np.array(point))
        return slope

    def __repr__(self) -> str:
        return repr(self.gradient)


# Longer than any path of an assignment: two dozen parameters of thousands, gradients of hundreds. Each is coupled with
# the next.
FAR_OUT = Quadratic(
    hessian=tuple(tuple(0.2 if i == j else 0.05 if abs(i - j) == 1 else 0.0 for j in range(24)) for i in range(24)),
    minimum=tuple(100.0 - 10 * i for i in range(24)),
    start=tuple((3000.0 - 50 * i) * (-1) ** i for i in range(24)),
)


def walk(optimizer: object, gradients: Sequence[Gradient], start: Array) -> Array:
    """Return the path of the submission's optimizer, with one gradient for each step.

    The result has shape (steps + 1, d), row 0 being `start`, and the precision of the coarsest step. Each step receives
    the point that the last one returned. A result that is not a finite point of `start`'s shape ends the check.
    """
    if not isinstance(optimizer, StudentObject):
        fail("what should be an optimizer is not an object with a method step", f"got: {optimizer!r:.200}")
    path = [start]
    while len(path) <= len(gradients):
        for result in optimizer.step.repeated(path[-1], gradients[len(path) - 1 :]):
            path.append(_next_point(result, path[-1]))
    coarsest = min((p.dtype for p in path if p.dtype.kind == "f"), key=lambda dtype: dtype.itemsize)
    return np.stack([point.astype(coarsest) for point in path])


def _next_point(result: object, last: Array) -> Array:
    point = numbers(result, what="the result of step")
    if point.shape != last.shape:
        fail("the result of step has another shape than the parameters", f"{last.shape} became {point.shape}")
    if point.dtype.kind not in "fiu" or not np.isfinite(point).all():
        held = {"c": "complex numbers", "b": "truth values"}.get(point.dtype.kind, "nan or infinity")
        fail(f"the result of step holds {held}", f"after {last!r} came {point!r}")
    return point


def moves(optimizer: object, slopes: Sequence[ConstantGradient], start: Array) -> Array:
    """Return how far each step of a `walk` over uniform slopes goes, shape (steps, d).

    Ends the check if a parameter on a slope moves by less than 1e-6, or if some move with their slope and others
    against it: ratios of such steps would be meaningless.
    """
    steps = np.diff(walk(optimizer, slopes, start), axis=0)
    tilts = np.array([slope.values for slope in slopes])
    downhill = -steps[tilts != 0] * np.sign(tilts[tilts != 0])
    if (np.abs(downhill) < 1e-6).any():
        fail("a step along a slope hardly moves the parameters", f"steps: {steps}, gradients: {tilts}")
    if np.unique(np.sign(downhill)).size > 1:
        fail("some parameters move with the gradient and others against it", f"steps: {steps}, gradients: {tilts}")
    return np.asarray(steps)


def assert_apart(make: Callable[[], object], problems: Sequence[Quadratic], shared: str) -> None:
    """Fail unless optimizers that step in turn, each on one of the `problems`, go where each goes alone.

    `shared` names what they may share by mistake, for the reader of the failure.
    """
    alone = [walk(make(), [problem] * 3, problem.origin) for problem in problems]
    optimizers, paths = [make() for _ in problems], [[problem.origin] for problem in problems]
    for _ in range(3):
        for optimizer, problem, path in zip(optimizers, problems, paths, strict=True):
            path.append(walk(optimizer, [problem], path[-1])[-1])
    # Sharing shows as a difference of about the size of a step.
    if not np.allclose(paths, alone, rtol=1e-3, atol=1e-3):
        fail(
            "an optimizer takes a different path when another one is used at the same time",
            f"alone {alone}, in turn {paths}",
            f"Optimizers share one {shared}: keep it in the object, and start each at zero.",
        )


def follow(rule: Rule, gradients: Sequence[Gradient], start: Array) -> Array:
    """Return the path that `rule` takes from rest, shape (steps + 1, d)."""
    point, memory, path = start, np.zeros_like(start), [start]
    for gradient in gradients:
        point, memory = rule(point, memory, gradient)
        path.append(point)
    return np.stack(path)
