"""Public checks of weight decay: one step, a sweep of three values, and a record that one can read."""

import json

import numpy as np

from grader.checks import assert_close, criterion, fail
from grader.checks.figures.shown import assert_in_legend, assert_labelled, figure, line, plots

W = np.array([[1.0, -2.0], [4.0, 0.5]])
MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "test_loss", "test_accuracy")
SETTINGS = {"learning_rate": 0.1, "seed": 3}
# Of each weight decay the accuracies on training, validation and test samples, after two epochs.
ACCURACIES = {
    0.1: ([0.3, 0.4], [0.28, 0.36], [0.27, 0.35]),
    0.0: ([0.7, 0.9], [0.5, 0.52], [0.5, 0.6]),
    0.01: ([0.6, 0.8], [0.62, 0.58], [0.5, 0.56]),
    0.001: ([0.65, 0.85], [0.55, 0.6], [0.5, 0.55]),
}


def record():
    """The record of these four runs; each loss is 2 less twice the accuracy."""
    lines = []
    for decay, accuracies in ACCURACIES.items():
        for epoch in (1, 2):
            row = {"weight_decay": decay, **SETTINGS, "epoch": epoch}
            for part, values in zip(("train", "validation", "test"), accuracies, strict=True):
                row |= {f"{part}_loss": 2 - 2 * values[epoch - 1], f"{part}_accuracy": values[epoch - 1]}
            lines.append(json.dumps(row) + "\n")
    return "".join(lines)


@criterion("decay.step.penalty")
def test_the_penalty_by_hand(submission):
    """Return 0.1 / 2 times 1 + 4 + 16 + 0.25 + 9 = 30.25.

    Catches: no half, the norm without its square, absolute values, the first array alone.
    """
    confusions = {
        "The half is missing: the term is λ/2 times the sum of squares.": 3.025,
        "This is the norm; the penalty has its square.": 0.05 * 5.5,
        "These are absolute values (L1); weight decay is of squares.": 0.05 * 10.5,
        "Only the first array counts here.": 0.05 * 21.25,
    }
    got = submission.penalty([W, np.array([3.0])], 0.1)
    assert_close(got, 1.5125, what="the penalty", confusions=confusions)


@criterion("decay.step.update")
def test_one_step_by_hand(submission):
    """Go from 1 with gradient 3, learning rate 0.1 and weight decay 0.5 to 1 - 0.1 · (3 + 0.5 · 1) = 0.65.

    Catches: 2λ, the other sign, weight decay times the gradient, no learning rate before it.
    """
    confusions = {
        "This is λ twice: the half in the penalty takes away the 2.": 0.6,
        "Weight decay has the wrong sign: it makes the weights grow.": 0.75,
        "Weight decay is a factor of the parameters, not of the gradient.": 0.55,
        "The step is made without weight decay.": 0.7,
        "The learning rate is a factor of weight decay too: it is part of the gradient.": 0.2,
        "Half of the weight decay is missing: the derivative of λ/2 · w² is λ w.": 0.675,
    }
    got = submission.decayed_step(np.array([1.0]), np.array([3.0]), 0.1, 0.5)
    assert_close(got, [0.65], what="the parameter after a step", confusions=confusions)


@criterion("decay.sweep.values")
def test_each_value_is_trained_once(submission):
    """Run with weight decays 0, 0.01 and 0.1, and return their records in that order.

    Catches: values left out, the last record alone.
    """
    asked = []

    def run(settings):
        asked.append(settings.get("weight_decay"))
        return f'{{"weight_decay": {settings.get("weight_decay")}, "epoch": 1}}\n'

    got = submission.weight_decay_sweep(run, [0.0, 0.01, 0.1], SETTINGS)
    if asked != [0.0, 0.01, 0.1]:
        fail("the runs are not one for each weight decay", f"expected 0.0, 0.01, 0.1\ngot: {asked!r:.300}")
    expected = "".join(f'{{"weight_decay": {value}, "epoch": 1}}\n' for value in asked)
    if got != expected:
        fail("the record is not that of all runs, in their order", f"expected {expected!r}\ngot: {got!r:.300}")


@criterion("decay.sweep.else_equal")
def test_all_else_is_equal(submission):
    """Give each run the learning rate 0.1 and the seed 3.

    Catches: another seed or learning rate for each run, settings left out.
    """
    asked = []
    submission.weight_decay_sweep(lambda settings: asked.append(settings) or "", [0.0, 0.01], SETTINGS)
    rest = [{name: value for name, value in one.items() if name != "weight_decay"} for one in asked]
    if not rest or any(one != SETTINGS for one in rest):
        fail("something else than weight decay changes from run to run", f"expected {SETTINGS}\ngot: {rest!r:.300}")


@criterion("decay.best.validation")
def test_the_best_of_four(submission):
    """Return 0.001: after the last epoch its validation accuracy is the highest, 0.6.

    Catches: chosen by test or training accuracy, by the best epoch, by the first epoch.
    """
    confusions = {
        "It is chosen by the test samples or the training samples. Choose by the validation samples.": 0.0,
        "It is chosen by the best or the first epoch. What counts is what the last epoch left.": 0.01,
        "This is an accuracy. Return the weight decay.": 0.6,
    }
    assert_close(submission.best_weight_decay(record()), 0.001, what="the best weight decay", confusions=confusions)


@criterion("decay.figure.curves")
def test_the_picture_shows_the_last_epochs(submission):
    """Draw accuracies 0.9, 0.85, 0.8, 0.4 of training, and 0.6, 0.55, 0.56, 0.35 of test, by rising weight decay.

    Catches: validation for test, other epochs, the order of the record.
    """
    shown = figure(submission.draw_weight_decay(record())).axes
    axes = next((each for each in shown if "accuracy" in each.title.lower()), None)
    if axes is None:
        fail("no axes have the word accuracy in their title")
    for label, expected in (("train", [0.9, 0.85, 0.8, 0.4]), ("test", [0.6, 0.55, 0.56, 0.35])):
        drawn = line(axes, label)
        assert_close(drawn.x, [0.0, 0.001, 0.01, 0.1], what=f"the weight decays of the line {label!r}")
        confusions = {
            "These are the accuracies on the validation samples.": [0.52, 0.6, 0.58, 0.36],
            "These are from the first epoch.": [0.7, 0.65, 0.6, 0.3] if label == "train" else [0.5, 0.5, 0.5, 0.27],
        }
        assert_close(drawn.y, expected, what=f"the line {label!r}", confusions=confusions)


@criterion("decay.figure.words")
def test_the_picture_says_what_it_shows(submission):
    """Label all axes, and name both lines in a legend.

    Catches: axes without labels, a legend that is not shown.
    """
    shown = figure(submission.draw_weight_decay(record())).axes
    if len(shown) != 2:
        fail("the picture does not have two pairs of axes", f"it has {len(shown)}")
    for axes, what in plots(shown):
        assert_labelled(axes, what=what)
        assert_in_legend(axes, ["train", "test"])
