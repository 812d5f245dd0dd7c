"""Hidden checks of fifteen epochs: one of the recorded runs is begun again by the submission's code, for one epoch."""

from zlib import crc32

from grader.checks import Run, criterion, fail, run_log
from grader.checks.sweeps import assert_agrees, assert_plausible

MEASURES = ("train_loss", "train_accuracy", "test_loss", "test_accuracy")
# The same weights, trained for 100 steps on other digits in another order, differ by 0.16 at most in 48 runs.
WITHIN = 0.25
# Before the first step only the digits can differ.
WITHIN_AT_FIRST = 0.05
ALMOST_1 = 1.001


def of(runs, optimizer):
    found = [run for run in runs if run.settings.get("optimizer") == optimizer]
    if len(found) != 1:
        fail("there is not one run for each of the three optimizers")
    return found[0]


def initially(run):
    """Return what a run says of the loss before its first step, as a run of one measure."""
    value = run.settings.get("initial_loss")
    if isinstance(value, bool) or not isinstance(value, int | float):
        fail("a run does not say its initial loss", f"got {value!r:.100}")
    return Run(run.settings, {"initial_loss": [value]})


@criterion("epochs.record.measured")
def test_a_run_begun_again_begins_as_it_is_recorded(submission):
    """Begin one of the recorded runs again, for one epoch: about what is recorded must come of it.

    Catches: a record that no run of this code has made, or that of another optimizer or of other weights; a run that
    is looked up in the record.
    """
    record = submission.epochs_log()
    runs = run_log(record, MEASURES)
    # The record itself decides which, since a run is too long to be drawn: a failure would be shrunk.
    logged = of(runs, ("momentum", "rmsprop", "sgd")[crc32(record.encode()) % 3])
    again = begun_again(submission, logged)
    assert_agrees(initially(logged), initially(again), measure="initial_loss", within=WITHIN_AT_FIRST)
    for measure in ("train_loss", "test_loss"):
        assert_agrees(logged, again, measure=measure, within=WITHIN)
    if again.measured["train_loss"][0] == logged.measured["train_loss"][0]:
        fail("a run with another learning rate, begun again, has exactly the losses of the record")


def begun_again(submission, logged):
    """Return the record of one epoch of a run, with a learning rate that is in no record."""
    stated = {name: value for name, value in logged.settings.items() if name != "initial_loss"}
    # So little changes no loss by much, and all of them by more than nothing.
    stated["learning_rate"] = 0.001 * ALMOST_1
    again, *more = run_log(submission.repeat_run(stated, 1), MEASURES, what="the record of a run begun again")
    if more or again.epochs != 1:
        fail("a run that is begun again for one epoch does not return the record of one epoch")
    assert_plausible([again], {"train": 1000, "test": 100})
    return again
