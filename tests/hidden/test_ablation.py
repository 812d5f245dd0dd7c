"""Hidden checks of the ablation: a run is followed on easy pictures, and on those of the ablation."""

import runpy
from functools import cache
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import criterion, fail, run_log
from grader.checks.runs.ablation import without_tests
from grader.checks.runs.sweeps import assert_measured
from grader.checks.runs.trained import UNUSED, with_another_seed

MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


@cache
def shapes(part, number):
    drawn = runpy.run_path(str(Path(__file__).parents[2] / "provided" / "lab" / "images.py"))["shapes"]
    return drawn(part, number)


def coloured(number, seed):
    """Return pictures of one colour each, by which their classes can be told, with some noise."""
    random = np.random.default_rng(seed)
    classes = random.integers(0, 10, number)
    colours = np.random.default_rng(1).integers(20, 230, (10, 1, 1, 3))[classes]
    return (colours + random.integers(-20, 20, (number, 32, 32, 3))).astype(np.uint8), classes


def logged(submission):
    return run_log(without_tests(submission.ablation_log()), MEASURES, what="the record", diverged=True)


def recorded(submission, *arguments):
    [only, *more] = run_log(submission.run(*arguments), MEASURES, what="the record that run returned")
    if more:
        fail("the record is not that of one run")
    return only


@criterion("ablation.record.run")
@given(seed=st.integers(0, 99))
@settings(max_examples=1)
def test_a_run_learns_and_a_shorter_one_is_its_beginning(submission, seed):
    """Come to a lower training loss in four epochs, of which two are what a run of two epochs is.

    Catches: no training, another number of epochs, gradients that go on from epoch to epoch, a seed for each epoch.
    """
    one = dict(logged(submission)[0].settings)
    data = coloured(60, seed), coloured(11, seed + 1)
    long, short = (recorded(submission, one, epochs, *data) for epochs in (4, 2))
    if (long.epochs, short.epochs) != (4, 2):
        fail("a run does not have as many epochs as asked for", f"got {long.epochs} for 4 and {short.epochs} for 2")
    assert_measured(long, {"train": 60, "validation": 11})
    for name in MEASURES:
        if not np.allclose(long.measured[name][:2], short.measured[name], atol=1e-6):
            fail("a run of two epochs is not the beginning of one of four", f"{name} differs")
    losses = long.measured["train_loss"]
    if not losses[3] < losses[0] - 0.02:
        fail("training does not make the training loss smaller", f"epoch by epoch: {losses}")


@criterion("ablation.record.run")
@given(seed=st.integers(0, 99))
@settings(max_examples=1)
def test_validation_samples_are_only_measured(submission, seed):
    """Train alike whatever the validation samples are, and measure on them.

    Samples are said to be of the class that is 0, 1, … 9 further on than their own: each prediction is right in one of
    these cases, so that the accuracies add up to 1.
    Catches: training on them, training samples measured twice, accuracies that are better than they were.
    """
    one = dict(logged(submission)[0].settings)
    train, (pictures, classes) = coloured(30, seed), coloured(13, seed + 1)
    shifted = [recorded(submission, one, 2, train, (pictures, (classes + k) % 10)) for k in range(10)]
    first, other = shifted[:2]
    if not np.array_equal(first.measured["train_loss"], other.measured["train_loss"]):
        fail("training depends on the validation samples")
    if np.array_equal(first.measured["validation_loss"], other.measured["validation_loss"]):
        fail("what is called validation_loss does not depend on the validation samples")
    total = sum(each.measured["validation_accuracy"] for each in shifted)
    if not np.allclose(total, 1, rtol=0, atol=1e-4):
        fail("validation accuracies are not the shares of right predictions", f"over all shifts of classes: {total}")


@criterion("ablation.record.measured")
@given(number=st.integers(0, 999))
@settings(max_examples=1)
def test_runs_depend_on_their_pictures(submission, number):
    """Begin the baseline again, for one epoch, with one picture turned or another seed: its losses are others.

    Catches: a run that is looked up, or follows a formula, a seed that stands in the code.
    """
    one = dict(logged(submission)[0].settings)
    (pictures, classes), validation = shapes("train", 1000), shapes("validation", 500)
    turned = pictures.copy()
    turned[number] = turned[number, ::-1, ::-1]
    first, second = (recorded(submission, one, 1, (each, classes), validation) for each in (pictures, turned))
    if np.array_equal(first.measured["train_loss"], second.measured["train_loss"]):
        fail("the training loss does not depend on the pictures that are trained on")
    other = with_another_seed(logged(submission)[0])
    reseeded = recorded(submission, other, 1, (pictures, classes), validation)
    if np.array_equal(first.measured["train_loss"], reseeded.measured["train_loss"]):
        fail("another seed gives the same record", misconception=UNUSED)
