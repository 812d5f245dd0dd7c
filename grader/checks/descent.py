"""Optimizers under check: slopes to walk down, the submission's path, the path of a rule.

Slopes are callables whose `repr` is Python, since feedback shows the calls that reproduce a failure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.closeness import numbers
from grader.checks.failing import fail
from grader.checks.submission import AffineFunction, StudentObject
from grader.worker.wire import Affine

Array = NDArray[Any]
Row = tuple[float, ...]
Gradient = Callable[[Any], Array]
# (point, memory, gradient) -> (next point, next memory); the memory starts as zeros of the point's shape.
Rule = Callable[[Array, Array, Gradient], tuple[Array, Array]]


@dataclass(frozen=True)
class Quadratic(AffineFunction):
    """The gradient ``H (p - minimum)`` of a quadratic function; call it with a point of shape (d,).

    `start` is where a descent may begin. Asked at anything but a finite point of shape (d,), it ends the
    check as the student's mistake.
    """

    hessian: tuple[Row, ...]
    minimum: Row
    start: Row

    def __call__(self, point: object) -> Array:
        place = numbers(point, what="the point at which the gradient was asked")
        if place.shape != (len(self.minimum),) or not np.isfinite(place).all():
            fail(
                "the gradient was asked at something that is not a finite point of the parameters' shape",
                f"asked at: {place!r:.300}",
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
        """Return the gradient as what the student's side can call."""
        return Affine(self.matrix, np.array(self.minimum), np.zeros(len(self.minimum)))

    def scaled(self, factor: float) -> Quadratic:
        """Return the gradient of `factor` times the function."""
        rows = tuple(tuple(factor * entry for entry in row) for row in self.hessian)
        return Quadratic(rows, self.minimum, self.start)


@dataclass(frozen=True)
class ConstantGradient(AffineFunction):
    """A gradient that is the same everywhere, as on an even slope; call it with any point."""

    values: Row

    def __call__(self, point: object) -> Array:
        return np.array(self.values)

    def as_data(self) -> Affine:
        """Return the gradient as what the student's side can call."""
        size = len(self.values)
        return Affine(np.zeros((size, size)), np.zeros(size), np.array(self.values))


class Recorded:
    """A gradient that remembers the points it was asked at, in order, as `points`."""

    def __init__(self, gradient: Gradient) -> None:
        self.gradient = gradient
        self.points: list[Array] = []

    def __call__(self, point: object) -> Array:
        slope = self.gradient(point)  # first: what is no point ends the check here
        self.points.append(np.array(point))
        return slope

    def __repr__(self) -> str:
        return repr(self.gradient)


# As far as paths of an assignment go and farther: parameters of thousands, gradients of hundreds.
FAR_OUT = Quadratic(hessian=((0.2, 0.05), (0.05, 0.1)), minimum=(100.0, -50.0), start=(3000.0, -2000.0))


def walk(optimizer: object, gradients: Sequence[Gradient], start: Array) -> Array:
    """Return the path of the submission's optimizer, with one gradient for each step.

    The result has shape (steps + 1, d), row 0 being `start`, and the precision of the coarsest step. Each
    step is given the point that the last one returned. What is no finite point of `start`'s shape ends
    the check.
    """
    if not isinstance(optimizer, StudentObject):
        fail("what should be an optimizer is no object with a method step", f"got: {optimizer!r:.200}")
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
    """Return how far each step of a `walk` over even slopes goes, shape (steps, d).

    Ends the check where a parameter on a slope moves by less than 1e-6, or where some go with their
    slope and others against it: ratios of such steps would mean nothing.
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

    `shared` names what they may have in common by mistake, for whoever reads the failure.
    """
    alone = [walk(make(), [problem] * 3, problem.origin) for problem in problems]
    optimizers, paths = [make() for _ in problems], [[problem.origin] for problem in problems]
    for _ in range(3):
        for optimizer, problem, path in zip(optimizers, problems, paths, strict=True):
            path.append(walk(optimizer, [problem], path[-1])[-1])
    # Sharing shows as a difference of the size of a step.
    if not np.allclose(paths, alone, rtol=1e-3, atol=1e-3):
        fail(
            "an optimizer goes elsewhere when another is at work beside it",
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
