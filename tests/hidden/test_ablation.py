"""Hidden checks of the ablation: a run is followed on easy pictures, and on those of the ablation."""

import runpy
from functools import cache
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import criterion, fail, run_log
from grader.checks.ablation import without_tests
from grader.checks.sweeps import assert_measured

MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


@cache
def shapes(part, number):
    drawn = runpy.run_path(str(Path(__file__).parents[2] / "lent" / "lab" / "images.py"))["shapes"]
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

    Catches: training on them, training samples measured twice.
    """
    one = dict(logged(submission)[0].settings)
    train, (pictures, classes) = coloured(30, seed), coloured(13, seed + 1)
    first = recorded(submission, one, 2, train, (pictures, classes))
    other = recorded(submission, one, 2, train, (pictures, (classes + 1) % 10))
    if not np.array_equal(first.measured["train_loss"], other.measured["train_loss"]):
        fail("training depends on the validation samples")
    if np.array_equal(first.measured["validation_loss"], other.measured["validation_loss"]):
        fail("what is called validation_loss does not depend on the validation samples")


@criterion("ablation.record.measured")
@given(number=st.integers(0, 999))
@settings(max_examples=1)
def test_runs_depend_on_their_pictures(submission, number):
    """Begin the baseline again, for one epoch, with one picture turned: its losses are no longer the same.

    Catches: a run that is looked up, or follows a formula.
    """
    one = dict(logged(submission)[0].settings)
    (pictures, classes), validation = shapes("train", 1000), shapes("validation", 500)
    turned = pictures.copy()
    turned[number] = turned[number, ::-1, ::-1]
    first, second = (recorded(submission, one, 1, (each, classes), validation) for each in (pictures, turned))
    if np.array_equal(first.measured["train_loss"], second.measured["train_loss"]):
        fail("the training loss does not depend on the pictures that are trained on")
