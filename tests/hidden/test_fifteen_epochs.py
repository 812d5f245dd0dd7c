"""Hidden checks of fifteen epochs: the runs are trained, by whatever settings they are given."""

import numpy as np

from grader.checks import Run, criterion, fail, run_log
from grader.checks.runs.measures import Unlearned, assert_measured_on
from grader.checks.runs.redone import HARDLY, Record
from grader.checks.runs.trained import assert_trained, best

MEASURES = ("train_loss", "train_accuracy", "test_loss", "test_accuracy")


# As parts of a learning rate: one with which nothing is learned, and one with which a loss falls in proportion to it.
NOTHING, LITTLE = 2.0**-40, 1 / 64
# A thousand steps of descent along single gradients move a loss as far as a hundred along means of ten with a momentum
# of 0.9: for the course's network 1.08 times as far, for another 1.11. The same optimizer for both moves it 10 times as
# far; networks that begin with other weights differ by less than 2.
APART = 4


def read(text):
    return run_log(text, MEASURES)


def with_initial_loss(text):
    """Read runs with the loss before the first step among their measures."""
    return [Run(r.settings, {**r.measured, "initial_loss": np.full(r.epochs, initial_loss(r))}) for r in read(text)]


def initial_loss(run):
    value = run.settings.get("initial_loss")
    if isinstance(value, bool) or not isinstance(value, int | float):
        fail("a run that is begun again does not say its initial loss", f"got {value!r:.100}")
    return float(value)


@criterion("epochs.record.measured")
def test_runs_are_trained(submission):
    """Begin runs of the record again, with their learning rate and with others: they follow from their settings.

    Catches: runs that cannot be repeated, are looked up, made up with noise, or follow a formula, a seed of the code's.
    """
    assert_trained(submission, recorded(submission), what="learning rate")


@criterion("epochs.record.measured")
def test_test_digits_are_not_trained_on(submission):
    """Begin a run again that stands still, with training or test digits said to be of another class.

    Catches: training digits that are measured as test digits.
    """
    record = recorded(submission)
    assert_measured_on(submission, record, best(record))


@criterion("epochs.record.measured")
def test_the_initial_loss_is_measured(submission):
    """Begin a run again that stands still, with training digits said to be of another class: both losses change.

    Catches: an initial loss that is typed in.
    """
    record = recorded(submission, read=with_initial_loss)
    unlearned = Unlearned.of(submission, record, best(record))
    if unlearned is None:
        return  # a learning rate that is missing costs another criterion
    before, after = unlearned.measured(""), unlearned.measured("shifted 1")
    changed = {name: abs(after[name] - before[name]) > HARDLY for name in ("initial_loss", "train_loss")}
    if changed["train_loss"] and not changed["initial_loss"]:
        fail(
            "the initial loss is the same whatever classes the training digits are said to be of",
            f"initial loss: {before['initial_loss']!r} with both; "
            f"training loss: {before['train_loss']!r} and {after['train_loss']!r}",
            "The initial loss is to be measured before the first step, on all training samples.",
        )


@criterion("epochs.record.measured")
def test_descent_and_momentum_are_not_the_same(submission):
    """Train an epoch with a small learning rate: descent and momentum move the loss about as far as theory says.

    Catches: momentum in the run that is called descent, or the other way round.
    """
    record = recorded(submission, quick=False)
    runs = {run.settings.get("optimizer"): run for run in record.runs}
    if not all(_rate(runs.get(name)) and runs[name].settings.get("batch_size") == size for name, size in SIZES.items()):
        return  # what is not asked for costs another criterion
    with submission.elsewhere(*record.names, without=record.files(submission)) as work:
        moved = {name: _moved(work, record, runs[name]) for name in SIZES}
    if min(map(abs, moved.values())) > HARDLY and not 1 / APART < moved["sgd"] / moved["momentum"] < APART:
        fail(
            "one of the runs of sgd and momentum is not what it is called",
            f"with a 64th of the learning rate an epoch changes the training loss by {moved['sgd']:.3g} with sgd and "
            f"by {moved['momentum']:.3g} with momentum; about the same was expected",
            "Descent steps along each gradient alone; momentum of 0.9 adds up to ten times the gradient of one batch.",
        )


SIZES = {"sgd": 1, "momentum": 10}


def _rate(run):
    value = run.settings.get("learning_rate") if run else None
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _moved(work, record, run):
    """Return by how much an epoch with a small learning rate changes the training loss."""
    rate = run.settings["learning_rate"]
    ends = [
        record.again(work, Run({**run.settings, "learning_rate": rate * part}, run.measured), epochs=1)
        for part in (NOTHING, LITTLE)
    ]
    nothing, little = (float(end.measured["train_loss"][0]) for end in ends)
    return little - nothing


def recorded(submission, *, read=read, quick=True):
    text = submission.epochs_log()

    def begin(work, settings, epochs):
        stated = {name: value for name, value in settings.items() if name != "initial_loss"}
        return work.repeat_run(stated, epochs)

    runs = read(text)
    if quick:  # batches of ten: an epoch of them is much shorter than one of single digits
        runs = [run for run in runs if run.settings.get("batch_size") != 1] or runs
    return Record(runs, (text,), ("repeat_run",), begin, read, "learning_rate")
