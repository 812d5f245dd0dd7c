"""Public checks of the sweep's record: is it complete, do its runs come back, and is the best value taken?

All runs are done again, in a new process in which the record's file is not there: see the stub for how to record them
so that they come back. What hidden checks ask besides: that a run is trained by whatever settings it is given.
"""

from grader.checks import assert_close, criterion, fail, run_log
from grader.checks.runs.redone import Record, assert_done_again
from grader.checks.runs.sweeps import assert_grid, assert_one_factor
from grader.checks.runs.trained import assert_repeated_run

PARTS = ("train", "validation", "test")
MEASURES = tuple(f"{part}_{measure}" for part in PARTS for measure in ("loss", "accuracy"))


def recorded(submission):
    """Return the runs of the record that was handed in."""
    return read(submission.decay_log())


def read(text):
    return run_log(text, MEASURES, diverged=True)


def record(submission):
    """Return the record, and how a run of it is begun again."""
    text = submission.decay_log()

    def begin(work, settings, epochs):
        return work.repeat_run(settings, epochs)

    return Record(read(text), (text,), ("repeat_run",), begin, read, "weight_decay")


@criterion("decay.record.complete")
def test_a_run_is_recorded_for_each_of_five_values(submission):
    """Record a run for each of five values of weight decay or more, 0 among them, all of equally many epochs.

    Catches: too few values, none without weight decay, runs cut short.
    """
    runs = recorded(submission)
    assert_grid(runs, "weight_decay", values=5, epochs=5)
    values = [run.settings["weight_decay"] for run in runs]
    if any(isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0 for value in values):
        fail("a weight decay is no number of 0 or more", f"got: {values!r:.300}")
    if 0 not in values:
        without = "A weight decay of 0 is left out: it is the run that the others are compared with."
        fail("no run is without weight decay", f"got: {values!r:.300}", without)


@criterion("decay.record.one_factor")
def test_only_weight_decay_changes(submission):
    """Change weight decay from run to run and nothing else.

    Catches: another learning rate, seed or network for some of the values.
    """
    assert_one_factor(recorded(submission), "weight_decay")


@criterion("decay.record.measured")
def test_each_part_has_its_own_measures(submission):
    """Record how many samples there are of each part, and the losses of each on its own samples.

    Catches: sizes that are not said, one part's errors for another's.
    """
    runs = recorded(submission)
    sizes = {part: runs[0].settings.get(f"{part}_size") for part in PARTS}
    if not all(isinstance(size, int) and size > 0 for size in sizes.values()):
        fail("the record does not say how many samples there are of each part", f"got {sizes!r:.200}")
    for one, other in (("train", "validation"), ("train", "test"), ("validation", "test")):
        if all((run.measured[f"{one}_loss"] == run.measured[f"{other}_loss"]).all() for run in runs):
            same = "One part's errors are given for another, too. Measure each part on its own samples."
            fail(f"{one} and {other} loss are the same in each epoch of all runs", misconception=same)


@criterion("decay.record.again")
def test_all_runs_come_back(submission):
    """Do all runs of the record again: their curves come back.

    Catches: numbers that were made up or changed, runs of other code, other samples or another seed, runs without the
    weight decay that they say, runs that are looked up, rounded numbers.
    """
    assert_done_again(submission, record(submission))


@criterion("decay.record.again")
def test_the_seed_decides(submission):
    """Begin a run twice, once for an epoch more, and once with another seed.

    Catches: runs that cannot be repeated, a seed that stands in the code.
    """
    assert_repeated_run(submission, record(submission))


@criterion("decay.record.chosen")
def test_the_best_by_validation_is_taken(submission):
    """Take the value with the highest validation accuracy after the last epoch, of equals that of the lower loss.

    Catches: chosen by test or training samples, the first of equals.
    """
    runs = recorded(submission)
    expected = _best(runs, "validation")
    confusions = {
        "It is chosen by the test samples. Choose by the validation samples.": _best(runs, "test"),
        "It is chosen by the training samples. Choose by the validation samples.": _best(runs, "train"),
    }
    confusions = {sentence: value for sentence, value in confusions.items() if value != expected}
    assert_close(submission.chosen_weight_decay(), expected, what="the weight decay taken", confusions=confusions)


def _best(runs, part):
    """Return the weight decay that one part of the samples would choose."""
    ends = [(run.measured[f"{part}_accuracy"][-1], -run.measured[f"{part}_loss"][-1]) for run in runs]
    return runs[ends.index(max(ends))].settings.get("weight_decay")
