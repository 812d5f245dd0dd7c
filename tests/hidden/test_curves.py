"""Hidden checks of learning curves: each is its run's, as the log tells it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Run, all_at_once, criterion, fail
from grader.checks.figures import assert_in_legend, assert_labelled, figure
from grader.checks.sweeps import assert_drawn

MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


@criterion("curves.sweep.lines")
@given(seed=st.integers(0, 9), lengths=st.permutations((1, 4, 12)))
@settings(max_examples=2)
def test_each_run_is_drawn_as_its_log_tells_it(submission, seed, lengths):
    """Draw a line of the training loss and one of the validation loss for each run, of any length.

    Catches: accuracies, exchanged measures, epochs left out or counted from 0, smoothed curves, one run for all.
    """
    random = np.random.default_rng(seed)
    runs = sweep(random, lengths)
    assert_shows(submission.draw_sweep(log_of(runs), "gamma"), runs)


@criterion("curves.sweep.lines")
def test_each_log_is_drawn_in_a_figure_of_its_own(submission):
    """Leave a figure as it is when another log is drawn.

    Catches: one figure for all, cleared or drawn into again.
    """
    sweeps = [sweep(np.random.default_rng(seed), (2, 3, 4)[seed:]) for seed in (0, 1)]
    shown = all_at_once(submission.draw_sweep, *([log_of(runs), "gamma"] for runs in sweeps))
    for got, runs in zip(shown, sweeps, strict=True):
        assert_shows(got, runs)


def sweep(random, lengths):
    """Return runs of a sweep, of so many epochs each."""
    return [
        Run({"gamma": 0.5**k, "seed": 1}, {name: random.uniform(0, 1, n) for name in MEASURES})
        for k, n in enumerate(lengths)
    ]


def log_of(runs):
    return "".join(run.as_text() for run in runs)


def assert_shows(got, runs):
    """Fail unless a figure has a line of each loss for each run, and no others."""
    drawn = figure(got)
    if len(drawn.axes) != 2:
        fail("the figure does not have two pairs of axes", f"it has {len(drawn.axes)}")
    for axes, measure in zip(drawn.axes, ("train_loss", "validation_loss"), strict=True):
        for run in runs:
            assert_drawn(axes, run, measure)
        if len(axes.lines) != len(runs):
            fail("there are other lines than one for each run", f"got {[line.label for line in axes.lines]!r:.300}")


@criterion("curves.sweep.words")
@given(values=st.sampled_from([(0.25, 1e-05, 0.125), (128, 16, 32), ("sgd", "adam", "rmsprop")]))
@settings(max_examples=3)
def test_the_figure_says_what_it_shows(submission, values):
    """Name both axes, both losses, and the value of each line.

    Catches: no labels, no legend, no titles, values that are rounded, exchanged, told of other lines or of another
    setting than the factor.
    """
    runs = [  # no mean of one run's numbers is another's
        Run({"learning_rate": 0.75, "width": 7, "factor": value}, {name: np.array([1.0, 4.0**k]) for name in MEASURES})
        for k, value in enumerate(values, 2)
    ]
    drawn = figure(submission.draw_sweep("".join(run.as_text() for run in runs), "factor"))
    if len(drawn.axes) != 2:
        fail("the figure does not have two pairs of axes", f"it has {len(drawn.axes)}")
    for axes, word in zip(drawn.axes, ("train", "valid"), strict=True):
        assert_labelled(axes)
        assert_in_legend(axes, map(str, values))
        if word not in axes.title.casefold():
            fail("the title of the axes does not say which loss they show", f"got {axes.title!r:.100}")
        for number, line in enumerate(axes.lines):
            # Matplotlib gives a line no name where the names are handed to the legend: there they come in order.
            label = line.label or (axes.legend[number] if number < len(axes.legend) else "")
            told = [value for value in values if str(value) in label]
            right = [run.settings["factor"] for run in runs if line.y[-1:] == run.measured["train_loss"][-1]]
            if right and told != right:
                fail("the legend names another line than that of its value", f"{label!r:.100} for {right[0]!r}")
