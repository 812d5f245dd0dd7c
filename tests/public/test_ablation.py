"""Public checks of the ablation: what its record, ablation.jsonl, says, and a run on a few pictures.

The record is the one that you hand in, ablation.jsonl. Its first run is the baseline.
"""

import numpy as np

from grader.checks import criterion, fail, run_log
from grader.checks.ablation import assert_all_factors, assert_one_at_a_time, without_tests
from grader.checks.sweeps import assert_plausible, assert_untested

FACTORS = ("batch_norm", "depth", "dropout", "output", "pooling", "optimizer", "augmentation")
MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


def logged(submission):
    """Return the runs of the record that was handed in."""
    return run_log(without_tests(submission.ablation_log()), MEASURES, what="the record")


def samples(number, seed):
    """Return pictures of one colour each, by which their classes can be told, with some noise."""
    random = np.random.default_rng(seed)
    classes = np.arange(number) % 10
    colours = np.random.default_rng(0).integers(20, 230, (10, 1, 1, 3))[classes]
    return (colours + random.integers(-20, 20, (number, 32, 32, 3))).astype(np.uint8), classes


@criterion("ablation.record.run")
def test_a_run_returns_its_record(submission):
    """Return the record of a run by the settings of the baseline, for two epochs on 23 pictures.

    Catches: settings left out of the lines, an epoch too many, numbers that no run can have measured.
    """
    settings = dict(logged(submission)[0].settings)
    text = submission.run(settings, 2, samples(23, 1), samples(7, 2))
    [only, *more] = run_log(text, MEASURES, what="the record that run returned")
    if more or only.epochs != 2:
        more_than_asked = "A run has one epoch more than is asked for." if only.epochs == 3 else ""
        fail("the record is not that of one run of two epochs", f"got:\n{text:.500}", more_than_asked)
    if dict(only.settings) != settings:
        fail("the settings in the record are not those of the run", f"expected {settings}, got {dict(only.settings)}")
    others = "These are not the shares and losses of all training and of all validation samples."
    assert_plausible([only], {"train": 23, "validation": 7}, others)


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
    other = {**settings, "seed": 1 + int(settings["seed"])}
    [changed] = run_log(submission.run(other, 1, samples(12, 1), samples(5, 2)), MEASURES)
    if np.array_equal(first.measured["train_loss"], changed.measured["train_loss"]):
        unused = "The seed of the settings is not used: another seed gives the same run."
        fail("another seed gives the same record", "", unused)


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


@criterion("ablation.record.measured")
def test_a_run_can_have_measured_what_is_recorded(submission):
    """Record what was measured: shares of 1000 and 500 samples, losses that go with them, each run its own.

    Catches: numbers made up, copied from another run or rounded.
    """
    assert_plausible(logged(submission), {"train": 1000, "validation": 500})
