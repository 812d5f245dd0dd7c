"""Hidden checks of experiments: a run's steps taken here too, whole logs, and runs that are begun again.

With one batch for all samples their order does not matter, so that a run's numbers can be told.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Layer, Network, assert_close, criterion, fail, run_log, tensor
from grader.checks.ablation import without_tests
from grader.checks.redone import Record
from grader.checks.sweeps import assert_grid, assert_measured, assert_one_factor, assert_untested
from grader.checks.trained import assert_trained
from grader.checks.training import Made

seeds = st.integers(0, 2**16)
MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


def network(seed):
    """Return a network with batch normalisation, for inputs (N, 3, 2, 2) and 4 classes."""
    random = np.random.default_rng(seed)
    values = {
        "weight": random.uniform(0.8, 1.6, 3), "bias": random.normal(size=3) * 0.3,
        "running_mean": random.normal(size=3) * 0.3, "running_var": random.uniform(0.5, 1.5, 3),
        "num_batches_tracked": np.array(7),
    }  # fmt: skip
    weights = {"weight": random.normal(size=(4, 12)) / 2, "bias": random.normal(size=4)}
    return Network(
        {
            "norm": Layer("BatchNorm2d", {"num_features": 3}, values),
            "flatten": Layer("Flatten"),
            "fc": Layer("Linear", {"in_features": 12, "out_features": 4}, weights),
        }
    )


def samples(seed, number):
    random = np.random.default_rng(seed)
    return random.normal(size=(number, 3, 2, 2)), random.integers(0, 4, number)


def run(submission, seed, given_settings, parts):
    """Return the student's run of a new model, and its text."""
    pairs = [tuple(tensor(each) for each in part) for part in parts]
    text = submission.run_experiment(network(seed).on(submission), given_settings, *pairs)
    [only, *more] = run_log(text, MEASURES, what="the log")
    if more or only.epochs != given_settings["epochs"]:
        fail("the log does not hold one run of as many epochs as asked for", f"got:\n{text!s:.600}")
    return only, text


def expected_run(seed, given_settings, parts):
    """Take the steps of one batch for all samples here; return what is measured after each."""
    import torch

    model, rows = network(seed).module(), []
    (x, y), (x2, y2) = (tuple(map(torch.from_numpy, part)) for part in parts)
    kind = {"sgd": "SGD", "adam": "Adam"}[given_settings["optimizer"]]
    optimizer, loss = Made(kind, {"lr": given_settings["learning_rate"]}).here(model), Made("CrossEntropyLoss").here()
    for epoch in range(given_settings["epochs"]):
        for group in optimizer.param_groups:
            drops = epoch // given_settings.get("step_size", 1)
            group["lr"] = given_settings["learning_rate"] * given_settings.get("gamma", 1) ** drops
        optimizer.zero_grad()
        loss(model.train()(x), y).backward()
        optimizer.step()
        model.eval()
        with torch.no_grad():
            measured = [(float(loss(model(a), b)), float((model(a).argmax(1) == b).double().mean()))
                        for a, b in ((x, y), (x2, y2))]  # fmt: skip
        rows.append([*measured[0], *measured[1]])
    return np.array(rows).T


@criterion("experiments.sweeps.steps")
@given(
    seed=seeds,
    optimizer=st.sampled_from(["sgd", "adam"]),
    more=st.sampled_from([{}, {"gamma": 0.3, "step_size": 2}, {"gamma": 0.5, "step_size": 1}]),
)
@settings(max_examples=4)
def test_a_run_follows_its_settings(submission, seed, optimizer, more):
    """Measure what training by these settings leads to, after each of five epochs.

    Catches: a setting that is ignored, Adam for SGD, momentum, a scheduler per batch, measures in training mode or
    before the epoch, validation samples that are trained on.
    """
    parts = samples(seed, 9), samples(seed + 1, 7)
    asked = {"optimizer": optimizer, "learning_rate": 0.05, "batch_size": 9, "epochs": 5, "seed": 1, **more}
    only, _ = run(submission, seed, asked, parts)
    for name, values in zip(MEASURES, expected_run(seed, asked, parts), strict=True):
        assert_close(only.measured[name], values, what=name)


@criterion("experiments.sweeps.log")
@given(seed=seeds)
@settings(max_examples=1)
def test_a_log_tells_settings_and_what_a_run_can_measure(submission, seed):
    """Write all settings into each line, with measures of all samples, the last batch being smaller.

    Catches: settings that are left out, measures of the last batch, rounded numbers.
    """
    parts = samples(seed, 11), samples(seed + 1, 7)
    asked = {"optimizer": "sgd", "learning_rate": 0.01, "batch_size": 4, "epochs": 4, "seed": 5, "note": "α"}
    only, _ = run(submission, seed, asked, parts)
    if dict(only.settings) != asked:
        fail("the settings in the log are not those of the run", f"expected {asked}\ngot {only.settings!r:.300}")
    assert_measured(only, {"train": 11, "validation": 7})


@criterion("experiments.sweeps.repeatable")
@given(seed=seeds, one=st.integers(0, 50))
@settings(max_examples=1)
def test_the_seed_decides_a_run(submission, seed, one):
    """Give the same log for the same seed, and another for another seed.

    Catches: an order of its own each time, the order of the samples, a seed that is ignored, one order for all epochs.
    """
    parts = samples(seed, 16), samples(seed + 1, 7)
    asked = {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": 3, "epochs": 3, "seed": one}
    first, again = (run(submission, seed, asked, parts)[0] for _ in range(2))
    other = run(submission, seed, {**asked, "seed": one + 1}, parts)[0]
    assert_close(again.measured["train_loss"], first.measured["train_loss"], what="the loss of the same run, repeated")
    if np.allclose(first.measured["train_loss"], other.measured["train_loss"]):
        fail("another seed gives the same log")
    if not np.isfinite(first.measured["train_loss"]).all() or (first.measured["train_loss"] <= 0).any():
        fail("the loss is no cross-entropy")


def sweep(text, factor, fixed, *, spread=1.0):
    """Return the runs of the log of a whole sweep."""
    assert_untested(text)
    runs = read(text)
    assert_one_factor(runs, factor)
    assert_grid(runs, factor, values=5, epochs=3)
    for name in (factor, *fixed, "train_size", "validation_size"):
        if name not in runs[0].settings:
            fail(f"the log does not say the {name} of a run")
    first = runs[0].settings
    if any(first[name] != value for name, value in fixed.items() if value is not None):
        fail("the log is of another sweep", f"expected {fixed}, got {dict(first)!r:.300}")
    values, sizes = [run.settings[factor] for run in runs], (first["train_size"], first["validation_size"])
    if not all(isinstance(each, int | float) and each > 0 for each in (*values, *sizes)):
        fail(f"{factor} or the numbers of samples are no positive numbers", f"got {values!r:.200}, {sizes!r:.100}")
    if max(values) < spread * min(values) * 0.999:
        fail(f"the values of {factor} are too near to each other to show anything", f"got {values!r:.200}")
    return runs


@criterion("experiments.sweeps.sgd")
def test_the_sweep_of_sgd_is_whole(submission):
    """Hand in a log of five learning rates with SGD and one thing changed, which says what it was measured on.

    Catches: missing values, two things changed at once, the test set.
    """
    sweep(submission.sgd_log(), "learning_rate", {"optimizer": "sgd"}, spread=10)


@criterion("experiments.sweeps.adam")
def test_the_sweep_of_adam_is_whole(submission):
    """Hand in a log of five learning rates with Adam and one thing changed, which says what it was measured on.

    Catches: missing values, two things changed at once, the test set.
    """
    sweep(submission.adam_log(), "learning_rate", {"optimizer": "adam"}, spread=10)


@criterion("experiments.sweeps.gamma")
def test_the_sweep_of_gamma_is_whole(submission):
    """Hand in a log of five values of gamma, with one thing changed, long enough to show what gamma does.

    Catches: missing values, two things changed at once, runs no longer than step_size.
    """
    runs = sweep(submission.gamma_log(), "gamma", {"step_size": None, "learning_rate": None})
    step = runs[0].settings["step_size"]
    if not isinstance(step, int) or not 1 <= step < runs[0].epochs:
        fail("the runs end before gamma has an effect", f"step_size {step!r:.50}, epochs {runs[0].epochs}")


@criterion("experiments.sweeps.rerun")
def test_runs_of_sgd_are_trained(submission):
    """Begin runs of SGD's sweep again, with its learning rate and with others: they follow from their settings.

    Catches: runs that cannot be repeated, are looked up, made up with noise, or follow a formula.
    """
    trained(submission, submission.sgd_log())


@criterion("experiments.sweeps.rerun")
def test_runs_of_adam_are_trained(submission):
    """Begin runs of Adam's sweep again, with its learning rate and with others: they follow from their settings.

    Catches: runs that cannot be repeated, are looked up, made up with noise, or follow a formula.
    """
    trained(submission, submission.adam_log())


def trained(submission, text):
    def begin(work, settings, epochs):
        return work.repeat_run(settings, epochs)

    record = Record(read(text), (text,), ("repeat_run",), begin, read, "learning_rate")
    assert_trained(submission, record, what="learning rate")


def read(text):
    return run_log(without_tests(text), MEASURES, what="the log", diverged=True)
