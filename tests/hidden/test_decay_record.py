"""Hidden checks of the sweep's record: its runs are trained, by whatever settings they are given."""

from grader.checks import criterion, run_log
from grader.checks.redone import Record
from grader.checks.trained import assert_trained

MEASURES = tuple(f"{part}_{measure}" for part in ("train", "validation", "test") for measure in ("loss", "accuracy"))


def read(text):
    return run_log(text, MEASURES, diverged=True)


@criterion("decay.record.again")
def test_runs_are_trained(submission):
    """Begin runs of the sweep again, with their weight decay and with others: they follow from their settings.

    Catches: runs that cannot be repeated, are looked up, made up with noise, or follow a formula.
    """
    text = submission.decay_log()

    def begin(work, settings, epochs):
        return work.repeat_run(settings, epochs)

    record = Record(read(text), (text,), ("repeat_run",), begin, read, "weight_decay")
    assert_trained(submission, record, what="weight decay")
