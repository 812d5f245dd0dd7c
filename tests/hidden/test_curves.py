"""Hidden checks of learning curves: each is its run's, as the log tells it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Run, all_at_once, criterion, fail
from grader.checks.figures.shown import (
    assert_in_legend,
    assert_in_view,
    assert_keys,
    assert_labelled,
    assert_told_apart,
    figure,
)
from grader.checks.runs.sweeps import assert_drawn

VALUES = (
    (0.25, 1e-05, 0.125), (128, 16, 32), ("sgd", "adam", "rmsprop"), (1.0, 0.0001234567, 0.5), (True, False),
)  # fmt: skip
MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


@criterion("curves.sweep.lines")
@given(seed=st.integers(0, 9), lengths=st.permutations((1, 4, 12)))
@settings(max_examples=2)
def test_each_run_is_drawn_as_its_log_tells_it(submission, seed, lengths):
    """Draw a line of the training loss and one of the validation loss for each run, of any length.

    Catches: accuracies, exchanged measures, epochs left out or counted from 0, smoothed curves, one run for all, lines
    that cannot be seen, runs or epochs beyond a greatest number, numbers that are cut off.
    """
    random = np.random.default_rng(seed)
    runs = sweep(random, lengths)
    assert_shows(submission.draw_sweep(log_of(runs), "gamma"), runs)
    many = sweep(random, [40] * 9, 30)
    assert_shows(submission.draw_sweep(log_of(many), "gamma"), many)


@criterion("curves.sweep.lines")
def test_each_log_is_drawn_in_a_figure_of_its_own(submission):
    """Leave a figure as it is when another log is drawn.

    Catches: one figure for all, cleared or drawn into again.
    """
    sweeps = [sweep(np.random.default_rng(seed), (2, 3, 4)[seed:]) for seed in (0, 1)]
    shown = all_at_once(submission.draw_sweep, *([log_of(runs), "gamma"] for runs in sweeps))
    for got, runs in zip(shown, sweeps, strict=True):
        assert_shows(got, runs)


def sweep(random, lengths, most=1.0):
    """Return runs of a sweep, of so many epochs each, with numbers of at most so much."""
    return [
        Run({"gamma": 0.5**k, "seed": 1}, {name: random.uniform(0, most, n) for name in MEASURES})
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
        assert_in_view(axes)
        if len(axes.lines) != len(runs):
            fail("there are other lines than one for each run", f"got {[line.label for line in axes.lines]!r:.300}")


def assert_titles_in_order(titles):
    """Fail if each of the two titles names the loss of the other axes, and not that of its own."""
    named = [["train" in title.casefold(), "valid" in title.casefold()] for title in titles]
    if named == [[False, True], [True, False]]:
        sentence = "The titles are exchanged: the first axes are to show the training loss, and to say so."
        fail("the titles of the axes are exchanged", f"got {titles!r:.200}", misconception=sentence)


@criterion("curves.sweep.words")
@given(values=st.sampled_from(VALUES))
@settings(max_examples=5)
def test_the_figure_says_what_it_shows(submission, values):
    """Name both axes, both losses, and the value of each line.

    Catches: no labels, no legend, no titles, the same twice or exchanged, labels of the other axis, values that are
    rounded, written otherwise than Python does, exchanged, told of other lines or of another setting than the factor,
    lines that look alike, a legend with other lines' colours.
    """
    runs = [  # no mean of one run's numbers is another's
        Run({"learning_rate": 0.75, "width": 7, "factor": value}, {name: np.array([1.0, 4.0**k]) for name in MEASURES})
        for k, value in enumerate(values, 2)
    ]
    drawn = figure(submission.draw_sweep("".join(run.as_text() for run in runs), "factor"))
    if len(drawn.axes) != 2:
        fail("the figure does not have two pairs of axes", f"it has {len(drawn.axes)}")
    if drawn.axes[0].title == drawn.axes[1].title:
        fail("the titles of both axes are the same", f"got {drawn.axes[0].title!r:.100}")
    assert_titles_in_order([axes.title for axes in drawn.axes])
    for axes, word in zip(drawn.axes, ("train", "valid"), strict=True):
        assert_labelled(axes)
        if "epoch" in axes.ylabel.casefold() and "epoch" not in axes.xlabel.casefold():
            fail("the labels of the axes are exchanged", f"got {axes.xlabel!r:.100} and {axes.ylabel!r:.100}")
        assert_in_legend(axes, map(str, values))
        assert_told_apart(axes)
        assert_keys(axes)
        if word not in axes.title.casefold():
            fail("the title of the axes does not say which loss they show", f"got {axes.title!r:.100}")
        for number, line in enumerate(axes.lines):
            # Matplotlib gives a line no name where the names are handed to the legend: there they come in order.
            label = line.label or (axes.legend[number] if number < len(axes.legend) else "")
            told = [value for value in values if str(value) in label]
            right = [run.settings["factor"] for run in runs if line.y[-1:] == run.measured["train_loss"][-1]]
            if right and told != right:
                fail("the legend names another line than that of its value", f"{label!r:.100} for {right[0]!r}")
