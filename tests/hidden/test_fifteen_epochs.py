"""Hidden checks of fifteen epochs: the runs are trained, by whatever settings they are given."""

from grader.checks import criterion, run_log
from grader.checks.redone import Record
from grader.checks.trained import assert_trained

MEASURES = ("train_loss", "train_accuracy", "test_loss", "test_accuracy")


def read(text):
    return run_log(text, MEASURES)


@criterion("epochs.record.measured")
def test_runs_are_trained(submission):
    """Begin runs of the record again, with their learning rate and with others: they follow from their settings.

    Catches: runs that cannot be repeated, are looked up, made up with noise, or follow a formula.
    """
    text = submission.epochs_log()

    def begin(work, settings, epochs):
        stated = {name: value for name, value in settings.items() if name != "initial_loss"}
        return work.repeat_run(stated, epochs)

    # Batches of ten: an epoch of them is much shorter than one of single digits.
    quick = [run for run in read(text) if run.settings.get("batch_size") != 1] or read(text)
    record = Record(quick, (text,), ("repeat_run",), begin, read, "learning_rate")
    assert_trained(submission, record, what="learning rate")
