"""Checking what a figure shows: a student's plotting function returns a matplotlib figure, or its axes.

A check receives it as data, a `Figure` (see `grader.worker.wire.figures`), whichever side it was drawn on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.asking.failing import fail
from grader.worker.wire.figures import Axes, Contour, Figure, Line, Points

__all__ = [
    "Axes",
    "Contour",
    "Figure",
    "Line",
    "Points",
    "as_line",
    "assert_in_legend",
    "assert_in_view",
    "assert_keys",
    "assert_labelled",
    "assert_told_apart",
    "assert_upright",
    "figure",
    "line",
    "only_axes",
    "stands_out",
]

# Relative to the range of a colour: light grey grids are fainter.
FAINTEST = 0.05
# Relative to the points of a line: a limit may cut off the part where a run diverges.
MOST = 0.5


def figure(got: object) -> Figure:
    """Return the result if it is a figure; CheckFailed for anything else."""
    if not isinstance(got, Figure):
        words = "None: nothing was returned" if got is None else f"a {type(got).__name__}, not a matplotlib figure"
        fail(f"the figure is {words}")
    return got


def only_axes(got: object, *, what: str = "the figure") -> Axes:
    """Return the axes of a figure that must have one pair of them (colour bars do not count)."""
    shown = figure(got)
    if len(shown.axes) != 1:
        fail(f"{what} must have one pair of axes", f"it has {len(shown.axes)}")
    return shown.axes[0]


def plots(axes: Sequence[Axes]) -> Iterator[tuple[Axes, str]]:
    """Yield each pair of axes of a figure, and what to call it: ``plot 2 of 3``, or `the figure` if it has one."""
    for number, each in enumerate(axes, start=1):
        titled = f", titled {each.title!r}," if each.title else ""
        yield each, f"plot {number} of {len(axes)}{titled}" if len(axes) > 1 else "the figure"


def assert_labelled(axes: Axes, *, what: str = "the figure") -> None:
    """Fail unless both axes have labels."""
    missing = [name for name, label in (("x", axes.xlabel), ("y", axes.ylabel)) if not label.strip()]
    if missing:
        fail(f"{what} has no label on its axis {' and its axis '.join(missing)}")


def line(axes: Axes, label: str, *, what: str = "the figure") -> Line:
    """Return what is drawn under a label: one line, or the points of one scatter as a line."""
    drawn = [each for each in axes.lines if each.label == label]
    drawn += [as_line(each) for each in axes.points if each.label == label]
    if len(drawn) != 1:
        number = "more than one line" if drawn else "no line"
        labels = [each.label for each in axes.lines] + [each.label for each in axes.points]
        fail(f"{what} has {number} with the required label", f"expected one labelled {label!r}\ngot: {labels!r:.500}")
    return drawn[0]


def as_line(points: Points) -> Line:
    """Return a scatter as a line through its points, in the colour of the first one."""
    colour = points.colours[0] if len(points.colours) else np.zeros(4)
    return Line(points.label, points.xy[:, 0], points.xy[:, 1], colour)


def stands_out(colour: NDArray[Any], paper: NDArray[Any]) -> bool:
    """Return whether a colour is visible on paper of another colour: both are red, green, blue and alpha."""
    return bool((np.abs(colour[:3] - paper[:3]) * colour[3]).max() > FAINTEST)


def assert_upright(axes: Axes, *, what: str = "the figure") -> None:
    """Fail unless x increases to the right and y upwards, both on linear scales."""
    if axes.xscale != "linear" or axes.yscale != "linear":
        fail(f"the scales of the axes of {what} are not linear")
    _assert_directed(axes, what)


def _assert_directed(axes: Axes, what: str) -> None:
    if not (axes.xlim[0] < axes.xlim[1] and axes.ylim[0] < axes.ylim[1]):
        fail(f"in {what} x does not increase to the right, or y does not increase upwards")


def assert_in_view(axes: Axes, *, what: str = "the figure") -> None:
    """Fail unless all lines are visible, and most of their points: in colour, within limits that are not reversed.

    A line of a single point without a marker is ignored, because it is never visible.
    """
    _assert_directed(axes, what)
    for each in axes.lines:
        if len(each.x) > 1 and not stands_out(each.colour, axes.paper):
            fail(
                f"a line of {what} cannot be seen: it has no width, or the colour of the paper", f"it is {each.label!r}"
            )
        sides = ((each.x, axes.xlim), (each.y, axes.ylim))
        within = np.all([(low <= values) & (values <= high) for values, (low, high) in sides], axis=0)
        if len(within) and within.mean() < MOST:
            fail(f"a line of {what} is outside the limits of its axes", f"it is {each.label!r:.100}")


def assert_told_apart(axes: Axes, *, what: str = "the figure") -> None:
    """Fail if two lines look the same, so that no legend can distinguish them."""
    looks = [(tuple(np.round(each.colour, 3)), each.look) for each in axes.lines]
    if len(set(looks)) < len(looks):
        fail(f"two lines of {what} have the same colour, style and marker", f"{len(looks)} lines")


def assert_keys(axes: Axes, *, what: str = "the figure") -> None:
    """Fail if the legend shows the label of one thing next to the colour of another."""
    for text, key in zip(axes.legend, axes.keys, strict=True):
        drawn = [each.colour for each in axes.lines if each.label == text]
        drawn += [colour for each in axes.points if each.label == text for colour in each.colours]
        if drawn and key[3] and not any(np.allclose(key[:3], colour[:3], atol=FAINTEST) for colour in drawn):
            fail(f"the legend of {what} shows a label next to another's colour", f"the label is {text!r:.100}")


def assert_in_legend(axes: Axes, labels: Iterable[str], *, what: str = "the figure") -> None:
    """Fail unless the legend contains each of the labels."""
    if not axes.legend:
        fail(f"{what} has no legend", misconception="A legend shows what had a label when the legend was made.")
    missing = [label for label in labels if not any(label in text for text in axes.legend)]
    if missing:
        fail(f"the legend of {what} does not name everything", f"missing: {missing!r:.500}\ngot: {axes.legend!r:.500}")
