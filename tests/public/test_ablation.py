"""Public checks of the ablation: what its record, ablation.jsonl, says, and a run on a few pictures.

The record is the one that you hand in, ablation.jsonl. Its first run is the baseline. All runs are done again, in a
new process in which the record is not there: see the stub for how to record them so that they come back.
"""

import runpy
from functools import cache
from pathlib import Path

import numpy as np

from grader.checks import criterion, fail, run_log
from grader.checks.runs.ablation import assert_all_factors, assert_one_at_a_time, without_tests
from grader.checks.runs.redone import Record, assert_done_again
from grader.checks.runs.sweeps import assert_measured, assert_untested
from grader.checks.runs.trained import UNUSED, with_another_seed

FACTORS = ("batch_norm", "depth", "dropout", "output", "pooling", "optimizer", "augmentation")
MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


def logged(submission):
    """Return the runs of the record that was handed in."""
    return read(submission.ablation_log())


def read(text):
    return run_log(without_tests(text), MEASURES, what="the record", diverged=True)


@cache
def shapes(part, number):
    """Return the pictures of the ablation, as lab.images draws them."""
    return runpy.run_path(str(Path(__file__).parents[2] / "provided" / "lab" / "images.py"))["shapes"](part, number)


def samples(number, seed):
    """Return pictures of one colour each, by which their classes can be told, with some noise."""
    random = np.random.default_rng(seed)
    classes = np.arange(number) % 10
    colours = np.random.default_rng(0).integers(20, 230, (10, 1, 1, 3))[classes]
    return (colours + random.integers(-20, 20, (number, 32, 32, 3))).astype(np.uint8), classes


@criterion("ablation.record.run")
def test_a_run_returns_its_record(submission):
    """Return the record of a run by the settings of the baseline, for two epochs on 23 pictures.

    Catches: settings left out of the lines, an epoch too many, measures of other samples.
    """
    settings = dict(logged(submission)[0].settings)
    text = submission.run(settings, 2, samples(23, 1), samples(7, 2))
    [only, *more] = run_log(text, MEASURES, what="the record that run returned")
    if more or only.epochs != 2:
        more_than_asked = "A run has one epoch more than is asked for." if only.epochs == 3 else ""
        fail("the record is not that of one run of two epochs", f"got:\n{text:.500}", more_than_asked)
    if dict(only.settings) != settings:
        fail("the settings in the record are not those of the run", f"expected {settings}, got {dict(only.settings)}")
    assert_measured(only, {"train": 23, "validation": 7})


@criterion("ablation.record.run")
def test_the_seed_decides(submission):
    """Return the same record again for the same seed, another one for another seed.

    Catches: no seed for weights, order, dropout or augmentation; a seed that is not the settings'.
    """
    settings = dict(logged(submission)[0].settings)
    first, again = (run_log(submission.run(settings, 1, samples(12, 1), samples(5, 2)), MEASURES)[0] for _ in range(2))
    unlike = "Not all that is random follows from the seed of the settings."
    if not np.array_equal(first.measured["train_loss"], again.measured["train_loss"]):
        fail("the same run, repeated, has another record", f"train_loss {first.measured['train_loss']}", unlike)
    other = with_another_seed(logged(submission)[0])
    [changed] = run_log(submission.run(other, 1, samples(12, 1), samples(5, 2)), MEASURES)
    if np.array_equal(first.measured["train_loss"], changed.measured["train_loss"]):
        fail("another seed gives the same record", misconception=UNUSED)


@criterion("ablation.record.complete")
def test_each_factor_is_changed_by_a_run(submission):
    """Record a baseline, then for each of the seven factors a run that changes it, all of equally many epochs.

    Catches: factors left out, runs cut short, settings that are not said.
    """
    runs = logged(submission)
    assert_all_factors(runs, FACTORS)
    epochs = [run.epochs for run in runs]
    if len(set(epochs)) > 1 or epochs[0] < 3:
        fail("the runs are not of equally many epochs, three or more", f"got: {epochs}")


@criterion("ablation.record.one_factor")
def test_one_factor_is_changed_at_a_time(submission):
    """Change in each run just one factor of the baseline, and nothing else.

    Catches: two factors at once, runs that each go on from the one before, another learning rate or seed.
    """
    assert_one_at_a_time(logged(submission), FACTORS)


@criterion("ablation.record.untested")
def test_no_test_set_is_looked_at(submission):
    """Measure on training and validation samples only.

    Catches: a test set by which settings are chosen.
    """
    assert_untested(submission.ablation_log())
    logged(submission)


@criterion("ablation.record.again")
def test_all_runs_come_back(submission):
    """Do all runs of the record again, on the pictures of the ablation: their curves come back.

    Catches: numbers that were made up or changed, runs of other code or another seed, runs that are looked up,
    rounded numbers, runs that depend on the order of a set.
    """
    text = submission.ablation_log()

    def begin(work, settings, epochs):
        return work.run(settings, epochs, shapes("train", 1000), shapes("validation", 500))

    assert_done_again(submission, Record(read(text), (text,), ("run",), begin, read, "learning_rate"))


@criterion("ablation.record.measured")
def test_accuracies_are_shares_of_all_pictures(submission):
    """Record accuracies that are shares of 1000 and of 500 pictures.

    Catches: measures of a part of them, or of the last batch; per cent.
    """
    sizes = {"train_accuracy": 1000, "validation_accuracy": 500}
    for number, one in enumerate(logged(submission), 1):
        for name, size in sizes.items():
            hits = one.measured[name] * size
            if (np.abs(hits - np.rint(hits)) > 0.02).any() or (hits < -0.02).any() or (hits > size + 0.02).any():
                fail(f"a {name} is not a share of all {size} pictures", f"run {number}: {one.measured[name]!r:.200}")
