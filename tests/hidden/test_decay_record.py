"""Hidden checks of the sweep's record: its runs are trained, by whatever settings they are given."""

import math

from grader.checks import Run, criterion, fail, run_log
from grader.checks.runs.measures import assert_parts_apart
from grader.checks.runs.redone import Record
from grader.checks.runs.trained import assert_trained, best

MEASURES = tuple(f"{part}_{measure}" for part in ("train", "validation", "test") for measure in ("loss", "accuracy"))


def read(text):
    return run_log(text, MEASURES, diverged=True)


@criterion("decay.record.again")
def test_runs_are_trained(submission):
    """Begin runs of the sweep again, with their weight decay and with others: they follow from their settings.

    Catches: runs that cannot be repeated, are looked up, made up with noise, or follow a formula, a seed of the code's.
    """
    assert_trained(submission, recorded(submission), what="weight decay")


@criterion("decay.record.again")
def test_weight_decay_makes_weights_smaller_and_is_not_in_the_loss(submission):
    """Begin a run again that stands still, without and with weight decay, and one with a strong weight decay.

    A network that hardly moves has the same loss whatever the weight decay is. One whose weights are halved in each
    step comes to a loss of about ln 10, and to one beyond all bounds if they grow instead. Nothing can be told of runs
    whose settings do not say a ``learning_rate``.
    Catches: the penalty in the losses, a weight decay of the wrong sign.
    """
    record = recorded(submission)
    run, rate = record.runs[0], record.runs[0].settings.get("learning_rate")
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not rate > 0:
        return
    with submission.elsewhere(*record.names, without=record.files(submission)) as work:

        def last_loss(rate, decay, epochs):
            changed = Run({**run.settings, "learning_rate": rate, "weight_decay": decay}, run.measured)
            return float(record.again(work, changed, epochs=epochs).measured["train_loss"][-1])

        without, standing = (last_loss(rate * 1e-9, decay, 1) for decay in (0.0, 1.0))
        shrunk = last_loss(rate, 0.5 / rate, run.epochs)
    if not abs(standing - without) <= 1e-4 * max(1, without):
        detail = f"{without} without, {standing} with a weight decay of 1"
        fail("where nothing moves, the loss depends on the weight decay: record the cross-entropy alone", detail)
    if not (math.isfinite(shrunk) and shrunk <= 10 * (1 + without)):
        grown = "Weight decay makes weights larger here. It is to make them smaller: the step goes against them."
        fail("a strong weight decay does not make the weights smaller", f"train_loss comes to {shrunk}", grown)


@criterion("decay.record.measured")
def test_parts_have_no_sample_in_common(submission):
    """Begin a run again that stands still, with some digits said to be of another class: each is in one part at most.

    Catches: training samples among those that are measured for validation or test, parts that are drawn one by one.
    """
    record = recorded(submission)
    assert_parts_apart(submission, record, best(record))


def recorded(submission):
    text = submission.decay_log()

    def begin(work, settings, epochs):
        return work.repeat_run(settings, epochs)

    return Record(read(text), (text,), ("repeat_run",), begin, read, "weight_decay")
