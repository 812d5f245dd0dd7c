"""Checking what a figure shows: a student's function that draws returns one of matplotlib's, or its axes.

A check gets it as data, a `Figure` (what stands in it: `grader.worker.figures`), whichever side it was drawn on.
"""

from __future__ import annotations

from collections.abc import Iterable

from grader.checks.failing import fail
from grader.worker.figures import Axes, Contour, Figure, Line, Points

__all__ = [
    "Axes",
    "Contour",
    "Figure",
    "Line",
    "Points",
    "assert_in_legend",
    "assert_labelled",
    "figure",
    "line",
    "only_axes",
]


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
    drawn += [Line(each.label, each.xy[:, 0], each.xy[:, 1]) for each in axes.points if each.label == label]
    if len(drawn) != 1:
        number = "more than one line" if drawn else "no line"
        labels = [each.label for each in axes.lines] + [each.label for each in axes.points]
        fail(f"{what} has {number} labelled as was asked", f"expected one labelled {label!r}\ngot: {labels!r:.500}")
    return drawn[0]


def assert_in_legend(axes: Axes, labels: Iterable[str], *, what: str = "the figure") -> None:
    """Fail unless the legend holds each of the labels."""
    if not axes.legend:
        fail(f"{what} has no legend", misconception="A legend shows what had a label when the legend was made.")
    missing = [label for label in labels if not any(label in text for text in axes.legend)]
    if missing:
        fail(f"the legend of {what} does not name everything", f"missing: {missing!r:.500}\ngot: {axes.legend!r:.500}")
