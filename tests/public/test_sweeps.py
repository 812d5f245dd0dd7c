"""Public checks of experiments: one step of a linear classifier, and whether the logs are complete.

All runs of the logs are done again, in a new process in which the log's file is not there: see the stub for how to
record them so that they come back. It takes as long as they took; ``--question`` names what else you want checked.
What hidden checks ask besides: other settings, and that a run is trained by whatever settings it is given.
"""

import numpy as np

from grader.checks import Layer, Network, assert_close, criterion, fail, run_log, tensor
from grader.checks.runs.ablation import without_tests
from grader.checks.runs.redone import Record, assert_done_again
from grader.checks.runs.sweeps import assert_grid, assert_one_factor
from grader.checks.runs.trained import assert_repeated_run
from grader.core.text import counted

MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")
WEIGHT = np.array([[0.5, -0.5], [-1.0, 1.0]])
LINEAR = Network({"fc": Layer("Linear", {"in_features": 2, "out_features": 2, "bias": False}, {"weight": WEIGHT})})
X, Y = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 1.0]]), np.array([0, 0, 1])
X2, Y2 = np.array([[1.0, 0.5], [0.0, 2.0]]), np.array([0, 0])
SETTINGS = {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": 3, "epochs": 2, "seed": 1}


def run(submission, asked):
    parts = [(tensor(X), tensor(Y)), (tensor(X2), tensor(Y2))]
    [only, *more] = run_log(submission.run_experiment(LINEAR.on(submission), asked, *parts), MEASURES, what="the log")
    if more or only.epochs != asked["epochs"]:
        fail("the log does not hold one run of as many epochs as asked for", f"got {counted(only.epochs, 'epoch')}")
    return only


def loss_and_gradient(weight, x, y):
    scores = x @ weight.T
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y]).mean(), (p - np.eye(2)[y]).T @ x / len(y)


@criterion("experiments.sweeps.steps")
def test_two_steps_of_a_linear_classifier(submission):
    """Measure the losses after each of two epochs of one step.

    Catches: measures before the step, another learning rate, Adam for SGD.
    """
    only, weight, before = run(submission, SETTINGS), WEIGHT, []
    losses = {"train_loss": [], "validation_loss": []}
    for _ in range(2):
        loss, gradient = loss_and_gradient(weight, X, Y)
        before.append(loss)
        weight = weight - 0.1 * gradient
        losses["train_loss"].append(loss_and_gradient(weight, X, Y)[0])
        losses["validation_loss"].append(loss_and_gradient(weight, X2, Y2)[0])
    confusions = {"The losses are those from which the steps were computed. Measure after the epoch.": before}
    assert_close(only.measured["train_loss"], losses["train_loss"], what="train_loss", confusions=confusions)
    assert_close(only.measured["validation_loss"], losses["validation_loss"], what="validation_loss")


@criterion("experiments.sweeps.log")
def test_the_log_holds_the_settings(submission):
    """Write all settings into each line.

    Catches: settings that are left out.
    """
    only = run(submission, {**SETTINGS, "channels": 8})
    if dict(only.settings) != {**SETTINGS, "channels": 8}:
        fail("the settings in the log are not those of the run", f"got {only.settings!r:.300}")
    if not (only.measured["train_loss"] > 0).all():
        fail("the loss is no cross-entropy")


@criterion("experiments.sweeps.repeatable")
def test_the_same_run_gives_the_same_log(submission):
    """Give the same log twice, in batches of one, and another one with another seed.

    Catches: an order that nothing decides, a seed that is always the same.
    """
    first, again = (run(submission, {**SETTINGS, "batch_size": 1}) for _ in range(2))
    assert_close(again.measured["train_loss"], first.measured["train_loss"], what="the loss of the same run, repeated")
    others = [run(submission, {**SETTINGS, "batch_size": 1, "seed": seed}) for seed in (2, 3, 4, 5)]
    if all(np.allclose(each.measured["train_loss"], first.measured["train_loss"]) for each in others):
        fail("five seeds give the same losses: the seed of the settings does not decide the order of the samples")


@criterion("experiments.sweeps.sgd")
def test_the_log_of_sgd_has_five_runs(submission):
    """Hand in a log of five learning rates, all else being equal.

    Catches: missing or double values, two things changed at once.
    """
    complete(submission.sgd_log(), "learning_rate")


@criterion("experiments.sweeps.adam")
def test_the_log_of_adam_has_five_runs(submission):
    """Hand in a log of five learning rates, all else being equal.

    Catches: missing or double values, two things changed at once.
    """
    complete(submission.adam_log(), "learning_rate")


@criterion("experiments.sweeps.gamma")
def test_the_log_of_gamma_has_five_runs(submission):
    """Hand in a log of five values of gamma, all else being equal.

    Catches: missing or double values, two things changed at once.
    """
    complete(submission.gamma_log(), "gamma")


def complete(text, factor):
    runs = read(text)
    assert_one_factor(runs, factor)
    assert_grid(runs, factor, values=5, epochs=3)


@criterion("experiments.sweeps.sgd")
def test_the_runs_of_sgd_come_back(submission):
    """Do all runs of the log again: their curves come back.

    Catches: numbers that were made up or changed, runs of other code, other samples or another seed, runs that are
    looked up, rounded numbers, runs that depend on the order of a set.
    """
    done_again(submission, submission.sgd_log())


@criterion("experiments.sweeps.adam")
def test_the_runs_of_adam_come_back(submission):
    """Do all runs of the log again: their curves come back.

    Catches: as for SGD.
    """
    done_again(submission, submission.adam_log())


@criterion("experiments.sweeps.gamma")
def test_the_runs_with_gamma_come_back(submission):
    """Do all runs of the log again: their curves come back.

    Catches: as for SGD; a schedule that is not the one that the settings say.
    """
    done_again(submission, submission.gamma_log())


def read(text):
    return run_log(without_tests(text), MEASURES, what="the log", diverged=True)


@criterion("experiments.sweeps.rerun")
def test_the_seed_decides_a_run_that_is_repeated(submission):
    """Begin a run of SGD's sweep twice, once for an epoch more, and once with another seed.

    Catches: runs that cannot be repeated, a seed that stands in the code.
    """
    assert_repeated_run(submission, recorded(submission.sgd_log()))


def done_again(submission, text):
    assert_done_again(submission, recorded(text))


def recorded(text):
    def begin(work, settings, epochs):
        return work.repeat_run(settings, epochs)

    return Record(read(text), (text,), ("repeat_run",), begin, read, "learning_rate")
