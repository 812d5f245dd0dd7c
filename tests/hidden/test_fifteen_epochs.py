"""Hidden checks of fifteen epochs: the runs are trained, by whatever settings they are given."""

from grader.checks import criterion, run_log
from grader.checks.measures import assert_measured_on
from grader.checks.redone import Record
from grader.checks.trained import assert_trained, best

MEASURES = ("train_loss", "train_accuracy", "test_loss", "test_accuracy")


def read(text):
    return run_log(text, MEASURES)


@criterion("epochs.record.measured")
def test_runs_are_trained(submission):
    """Begin runs of the record again, with their learning rate and with others: they follow from their settings.

    Catches: runs that cannot be repeated, are looked up, made up with noise, or follow a formula.
    """
    assert_trained(submission, recorded(submission), what="learning rate")


@criterion("epochs.record.measured")
def test_test_digits_are_not_trained_on(submission):
    """Begin a run again that stands still, with training or test digits said to be of another class.

    Catches: training digits that are measured as test digits.
    """
    record = recorded(submission)
    assert_measured_on(submission, record, best(record))


def recorded(submission):
    text = submission.epochs_log()

    def begin(work, settings, epochs):
        stated = {name: value for name, value in settings.items() if name != "initial_loss"}
        return work.repeat_run(stated, epochs)

    # Batches of ten: an epoch of them is much shorter than one of single digits.
    quick = [run for run in read(text) if run.settings.get("batch_size") != 1] or read(text)
    return Record(quick, (text,), ("repeat_run",), begin, read, "learning_rate")
