"""Public checks of learning curves: two runs of two epochs."""

import numpy as np

from grader.checks import Run, criterion, fail
from grader.checks.figures.shown import assert_in_legend, assert_labelled, figure, plots
from grader.checks.runs.sweeps import assert_drawn

MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


RUNS = [
    Run({"gamma": 0.5, "seed": 1}, {name: np.array([4.0, 2.0]) / k for k, name in enumerate(MEASURES, 1)}),
    Run({"gamma": 0.25, "seed": 1}, {name: np.array([4.0, 1.0]) / k for k, name in enumerate(MEASURES, 1)}),
]
LOG = "".join(run.as_text() for run in RUNS)


def axes_of(submission):
    drawn = figure(submission.draw_sweep(LOG, "gamma"))
    if len(drawn.axes) != 2:
        fail("the figure does not have two pairs of axes", f"it has {len(drawn.axes)}")
    return drawn.axes


@criterion("curves.sweep.lines")
def test_two_runs_are_two_lines_on_each_axes(submission):
    """Draw two training losses and two validation losses against the epochs.

    Catches: accuracies, measures exchanged, epochs left out or counted from 0.
    """
    for axes, measure in zip(axes_of(submission), ("train_loss", "validation_loss"), strict=True):
        for run in RUNS:
            assert_drawn(axes, run, measure)


@criterion("curves.sweep.words")
def test_axes_and_lines_are_named(submission):
    """Name both axes, and show the values of gamma in a legend.

    Catches: no labels, no legend.
    """
    for axes, what in plots(axes_of(submission)):
        assert_labelled(axes, what=what)
        assert_in_legend(axes, ("0.5", "0.25"))
