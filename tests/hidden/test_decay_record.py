"""Hidden checks of the sweep's record: two of its runs are begun again by the submission's code, for one epoch."""

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import assert_close, criterion, fail, run_log
from grader.checks.near_nothing import assert_proportional
from grader.checks.sweeps import assert_agrees

LOSSES = ("train_loss", "validation_loss", "test_loss")
MEASURES = (*LOSSES, "train_accuracy", "validation_accuracy", "test_accuracy")
# The same samples and the same code: only rounding differs from machine to machine, for one epoch.
WITHIN = 0.02


def begun_again(submission, logged, decay):
    """Return the losses of one epoch of a run, with a weight decay of its own."""
    got = submission.repeat_run({**logged.settings, "weight_decay": decay}, 1)
    again, *more = run_log(got, MEASURES, what="the record of a run begun again")
    if more or again.epochs != 1:
        fail("a run that is begun again for one epoch does not return the record of one epoch")
    return again


def decay_of(run):
    value = run.settings.get("weight_decay")
    if isinstance(value, bool) or not isinstance(value, int | float):
        fail("a run does not say its weight decay", f"got {value!r:.100}")
    return value


@criterion("decay.record.again")
@given(number=st.integers(0, 19))
@settings(max_examples=1)
def test_runs_begun_again_begin_as_they_are_recorded(submission, number):
    """Begin the run with the largest weight decay again, twice, and another one: what is recorded must come of it.

    Catches: a record that no run of this code has made, runs without the weight decay that they say, no seed.
    """
    runs = sorted(run_log(submission.decay_log(), MEASURES), key=decay_of)
    chosen = (runs[-1], runs[-1], runs[number % len(runs)])
    first, once_more, other = (begun_again(submission, logged, decay_of(logged)) for logged in chosen)
    for loss in LOSSES:
        assert_agrees(runs[-1], first, measure=loss, within=WITHIN)
        assert_agrees(chosen[-1], other, measure=loss, within=WITHIN)
        assert_close(once_more.measured[loss], first.measured[loss], what=f"{loss} of a run that is made again")


@criterion("decay.record.again")
def test_runs_with_next_to_no_weight_decay_are_trained_too(submission):
    """Train with smaller and smaller weight decays: in the end the loss changes in proportion to them.

    Catches: a run that is looked up in the record, made-up noise.
    """
    largest = max(run_log(submission.decay_log(), MEASURES), key=decay_of)

    def loss(decay):
        return float(begun_again(submission, largest, decay).measured["train_loss"][0])

    assert_proportional(loss, decay_of(largest), what="weight decay")
