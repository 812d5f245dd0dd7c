"""Hidden checks of the sweep's record: two of its runs are begun again by the submission's code, for one epoch."""

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, fail, run_log
from grader.checks.sweeps import assert_agrees

LOSSES = ("train_loss", "validation_loss", "test_loss")
MEASURES = (*LOSSES, "train_accuracy", "validation_accuracy", "test_accuracy")
# The same samples and the same code: only rounding differs from machine to machine, for one epoch.
WITHIN = 0.02


def begun_again(submission, logged):
    got = submission.repeat_run(dict(logged.settings), 1)
    again, *more = run_log(got, MEASURES, what="the record of a run begun again")
    if more or again.epochs != 1:
        fail("a run that is begun again for one epoch does not return the record of one epoch")
    return again


@criterion("decay.record.again")
@given(number=st.integers(0, 19))
@settings(max_examples=1)
def test_runs_begun_again_begin_as_they_are_recorded(submission, number):
    """Begin the run with the largest weight decay again, and another one: what is recorded must come of it.

    Catches: a record that no run of this code has made, runs without the weight decay that they say, no seed.
    """
    runs = sorted(run_log(submission.decay_log(), MEASURES), key=_decay)
    for logged in (runs[-1], runs[number % len(runs)]):
        again = begun_again(submission, logged)
        for loss in LOSSES:
            assert_agrees(logged, again, measure=loss, within=WITHIN)
    for loss in LOSSES:
        once_more = begun_again(submission, logged).measured[loss]
        assert_close(once_more, again.measured[loss], what=f"{loss} of a run that is repeated")


def _decay(run):
    value = run.settings.get("weight_decay")
    if isinstance(value, bool) or not isinstance(value, int | float):
        fail("a run does not say its weight decay", f"got {value!r:.100}")
    return value
