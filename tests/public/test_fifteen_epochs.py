"""Public checks of fifteen epochs: your record, whether its runs come back, and what was learned.

All runs are done again, in a new process in which the record's file is not there, which takes as long as they took.
What hidden checks ask besides: that a run is trained by whatever settings it is given.
"""

import numpy as np

from grader.checks import Run, criterion, fail, run_log
from grader.checks.runs.redone import Record, assert_done_again
from grader.checks.runs.trained import assert_repeated_run

MEASURES = ("train_loss", "train_accuracy", "test_loss", "test_accuracy")
BATCHES = {"sgd": 1, "momentum": 10, "rmsprop": 10}
SAMPLES = {"train": 1000, "test": 100}
EPOCHS = 15
EACH_BATCH = "There is a line for each batch. Measure once after each epoch, on all samples."
# With seven seeds each, momentum got from 0.85 to 0.93 of the test digits right, and RMSProp from 0.89 to 0.94.
LEAST_ACCURACY = 0.65
# A network that knows nothing gives ten classes a tenth each: ln 10 = 2.30; random weights add a little (up to 0.34).
INITIAL = 2.1, 3.5


def recorded(submission):
    """Return the runs of the record that was handed in."""
    return run_log(submission.epochs_log(), MEASURES)


def of(runs, optimizer):
    """Return the run of an optimizer."""
    found = [run for run in runs if run.settings.get("optimizer") == optimizer]
    if len(found) != 1:
        got = [run.settings.get("optimizer") for run in runs]
        fail("the record does not hold one run for each of the three optimizers", f"got runs of {got!r:.200}")
    return found[0]


@criterion("epochs.record.complete")
def test_three_runs_of_fifteen_epochs_are_recorded(submission):
    """Record a run of fifteen epochs for each of the three optimizers, with the settings asked for.

    Catches: an epoch or an optimizer missing, a line for each batch, another learning rate or batch size.
    """
    runs = recorded(submission)
    for optimizer, size in BATCHES.items():
        run = of(runs, optimizer)
        if run.epochs != EPOCHS:
            fail(
                f"the run of {optimizer} does not have {EPOCHS} epochs",
                f"it has {run.epochs}",
                _other(run.epochs, size),
            )
        stated = run.settings.get("batch_size"), run.settings.get("learning_rate")
        if stated != (size, 0.001):
            found = f"expected {size} and 0.001, got {stated!r:.100}"
            fail(f"batch_size or learning_rate of {optimizer} is not the one asked for", found)
        if not isinstance(run.settings.get("seed"), int):
            fail(f"the run of {optimizer} does not say its seed", f"settings: {dict(run.settings)!r:.300}")


def _other(epochs, size):
    if epochs == EPOCHS - 1:
        return "An epoch is missing: the record ends before the last, or begins after the first."
    return EACH_BATCH if epochs == EPOCHS * SAMPLES["train"] // size else ""


@criterion("epochs.record.learned")
def test_each_optimizer_learned(submission):
    """Begin with a loss of about ln 10, halve the training loss, and get two of three test digits right.

    With batches of ten plain descent would hardly move: for it the training loss counts.

    Catches: gradients that are wrong or too small, weights that are too large, a network that was trained before.
    """
    runs = recorded(submission)
    for optimizer in BATCHES:
        run = of(runs, optimizer)
        initial, losses = run.settings.get("initial_loss"), run.measured["train_loss"]
        if isinstance(initial, bool) or not isinstance(initial, int | float) or not INITIAL[0] < initial < INITIAL[1]:
            fail(f"the initial loss of {optimizer} is not about ln 10 = 2.30", f"got {initial!r:.100}")
        if not losses[-1] < initial / 2:
            fail(f"the training loss of {optimizer} does not fall", f"from {initial:.4g} to {losses[-1]:.4g}")
    for optimizer in ("momentum", "rmsprop"):
        last = of(runs, optimizer).measured["test_accuracy"][-1]
        if not last >= LEAST_ACCURACY:
            fail(f"{optimizer} did not learn the digits", f"test accuracy in the end: {last:.3g}")


@criterion("epochs.record.measured")
def test_both_parts_are_measured_as_a_whole(submission):
    """Record the errors of all training and of all test digits after each epoch.

    Catches: one part's errors for both; those of one batch.
    """
    runs = recorded(submission)
    for number, run in enumerate(runs, 1):
        _assert_two_parts(run, f"run {number}")
        _assert_of_all_samples(run, f"run {number}")


@criterion("epochs.record.measured")
def test_all_runs_come_back(submission):
    """Do all runs of the record again: their curves come back, and the loss before the first step.

    Catches: numbers that were made up or changed, runs of other code, another optimizer or another seed, runs that
    are looked up, rounded numbers.
    """
    text = submission.epochs_log()
    for run in read(text):
        if run.epochs > EPOCHS:  # they would take a hundred times as long to be done again
            fail(f"a run has more than {EPOCHS} epochs", f"it has {run.epochs}", EACH_BATCH)
    assert_done_again(submission, record(text, read(text)))


@criterion("epochs.record.measured")
def test_the_seed_decides(submission):
    """Begin a run twice, once for an epoch more, and once with another seed.

    Catches: runs that cannot be repeated, a seed that stands in the code.
    """
    text = submission.epochs_log()
    runs = read(text)  # an epoch in batches of ten is much shorter than one of single digits
    assert_repeated_run(submission, record(text, [run for run in runs if run.settings.get("batch_size") != 1] or runs))


def record(text, runs):
    """Return some runs of the record, and how they are begun again."""

    def begin(work, settings, epochs):
        stated = {name: value for name, value in settings.items() if name != "initial_loss"}
        return work.repeat_run(stated, epochs)

    return Record(runs, (text,), ("repeat_run",), begin, read, "learning_rate")


def read(text):
    """Return the runs of a record, with the loss before the first step among their measures."""
    return [_with_initial_loss(run) for run in run_log(text, MEASURES)]


def _with_initial_loss(run):
    value = run.settings.get("initial_loss")
    if isinstance(value, bool) or not isinstance(value, int | float):
        fail("a run does not say its initial loss", f"got {value!r:.100}")
    return Run(run.settings, {**run.measured, "initial_loss": np.full(run.epochs, float(value))})


def _assert_two_parts(run, where):
    for measure in ("loss", "accuracy"):
        if np.array_equal(run.measured[f"train_{measure}"], run.measured[f"test_{measure}"]):
            same = "One part's errors are given for both. Training errors are those of the training samples, " \
                "test errors those of the test samples."  # fmt: skip
            fail(f"training and test {measure} are the same in each epoch", where, same)


def _assert_of_all_samples(run, where):
    """Fail where all accuracies are shares of one batch: of a thousand samples, that does not happen by chance."""
    size = run.settings.get("batch_size")
    hits = run.measured["train_accuracy"] * (size if isinstance(size, int) else 1)
    if run.epochs > 2 and np.allclose(hits, np.rint(hits), atol=1e-6):
        of_batch = "These are the errors of one batch. Measure on all training samples after each epoch."
        of_batch = EACH_BATCH if run.epochs > EPOCHS else of_batch
        fail("each training accuracy is a share of a single batch", where, of_batch)
