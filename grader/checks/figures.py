"""Checking what a figure shows: a student's function that draws returns one of matplotlib's, or its axes.

A check gets it as data, a `Figure` (what stands in it: `grader.worker.figures`), whichever side it was drawn on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.failing import fail
from grader.worker.figures import Axes, Contour, Figure, Line, Points

__all__ = [
    "Axes",
    "Contour",
    "Figure",
    "Line",
    "Points",
    "as_line",
    "assert_in_legend",
    "assert_labelled",
    "assert_upright",
    "figure",
    "line",
    "only_axes",
    "stands_out",
]

# Of the range of a colour: light grey grids are fainter.
FAINTEST = 0.05


def figure(got: object) -> Figure:
    """Return what came back, if it is a figure; CheckFailed for anything else."""
    if not isinstance(got, Figure):
        words = "None: nothing was returned" if got is None else f"a {type(got).__name__}, not a figure of matplotlib's"
        fail(f"the figure is {words}")
    return got


def only_axes(got: object, *, what: str = "the figure") -> Axes:
    """Return the axes of a figure that must have one pair of them (colour bars are not counted)."""
    shown = figure(got)
    if len(shown.axes) != 1:
        fail(f"{what} must have one pair of axes", f"it has {len(shown.axes)}")
    return shown.axes[0]


def assert_labelled(axes: Axes, *, what: str = "the figure") -> None:
    """Fail unless both axes say what they show."""
    missing = [name for name, label in (("x", axes.xlabel), ("y", axes.ylabel)) if not label.strip()]
    if missing:
        fail(f"{what} has no label on its axis {' and its axis '.join(missing)}")


def line(axes: Axes, label: str, *, what: str = "the figure") -> Line:
    """Return what is drawn under a label: one line or, as a line, the places of one scatter."""
    drawn = [each for each in axes.lines if each.label == label]
    drawn += [as_line(each) for each in axes.points if each.label == label]
    if len(drawn) != 1:
        number = "more than one line" if drawn else "no line"
        labels = [each.label for each in axes.lines] + [each.label for each in axes.points]
        fail(f"{what} has {number} labelled as was asked", f"expected one labelled {label!r}\ngot: {labels!r:.500}")
    return drawn[0]


def as_line(points: Points) -> Line:
    """Return a scatter as a line through its places, in the colour of the first."""
    colour = points.colours[0] if len(points.colours) else np.zeros(4)
    return Line(points.label, points.xy[:, 0], points.xy[:, 1], colour)


def stands_out(colour: NDArray[Any], paper: NDArray[Any]) -> bool:
    """Tell whether something in a colour can be seen on paper of another: both are red, green, blue and alpha."""
    return bool((np.abs(colour[:3] - paper[:3]) * colour[3]).max() > FAINTEST)


def assert_upright(axes: Axes, *, what: str = "the figure") -> None:
    """Fail unless x goes to the right and y upwards, both on linear scales."""
    if axes.xscale != "linear" or axes.yscale != "linear":
        fail(f"the scales of the axes of {what} are not linear")
    if not (axes.xlim[0] < axes.xlim[1] and axes.ylim[0] < axes.ylim[1]):
        fail(f"in {what} x does not go to the right, or y not upwards")


def assert_in_legend(axes: Axes, labels: Iterable[str], *, what: str = "the figure") -> None:
    """Fail unless the legend holds each of the labels."""
    if not axes.legend:
        fail(f"{what} has no legend", misconception="A legend shows what had a label when the legend was made.")
    missing = [label for label in labels if not any(label in text for text in axes.legend)]
    if missing:
        fail(f"the legend of {what} does not name everything", f"missing: {missing!r:.500}\ngot: {axes.legend!r:.500}")
