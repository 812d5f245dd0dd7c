"""Hidden checks of experiments: a run's steps taken here too, whole logs, and runs that are begun again.

With one batch for all samples, or where all are alike, their order does not matter, so that a run's numbers can be
told.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Layer, Network, assert_close, criterion, draw_numbers, fail, run_log, tensor
from grader.checks.comparing.chance import assert_even
from grader.checks.networks.training import Made, seen
from grader.checks.runs.ablation import without_tests
from grader.checks.runs.measures import assert_parts_apart
from grader.checks.runs.redone import Record
from grader.checks.runs.sweeps import assert_grid, assert_measured, assert_one_factor, assert_untested
from grader.checks.runs.trained import assert_trained, best

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


def expected_run(model, given_settings, parts):
    """Take the steps here, with samples in the order in which they are given; return what is measured after each."""
    import torch

    rows = []
    parts = [tuple(map(torch.from_numpy, part)) for part in parts]
    kind = {"sgd": "SGD", "adam": "Adam"}[given_settings["optimizer"]]
    optimizer, loss = Made(kind, {"lr": given_settings["learning_rate"]}).here(model), Made("CrossEntropyLoss").here()
    for epoch in range(given_settings["epochs"]):
        for group in optimizer.param_groups:
            drops = epoch // given_settings.get("step_size", 1)
            group["lr"] = given_settings["learning_rate"] * given_settings.get("gamma", 1) ** drops
        model.train()
        for x, y in zip(*(each.split(given_settings["batch_size"]) for each in parts[0]), strict=True):
            optimizer.zero_grad()
            loss(model(x), y).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            measured = [(float(loss(model(a), b)), float((model(a).argmax(1) == b).double().mean()))
                        for a, b in parts]  # fmt: skip
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
    """Measure what training by these settings leads to on all samples, after each of five epochs.

    Catches: a setting that is ignored, Adam for SGD, momentum, a scheduler per batch, measures in training mode,
    before the epoch, of some samples or as means of batches' means, validation samples that are trained on.
    """
    parts = samples(seed, 130), samples(seed + 1, 71)
    asked = {"optimizer": optimizer, "learning_rate": 0.05, "batch_size": 130, "epochs": 5, "seed": 1, **more}
    only, _ = run(submission, seed, asked, parts)
    for name, values in zip(MEASURES, expected_run(network(seed).module(), asked, parts), strict=True):
        assert_close(only.measured[name], values, what=name)


@criterion("experiments.sweeps.steps")
@given(seed=seeds)
@settings(max_examples=1)
def test_each_batch_of_an_epoch_is_a_step(submission, seed):
    """Take three steps an epoch where eleven samples come in batches of four, the last of which is smaller.

    Catches: the last batch left out or filled up, Adam's steps counted by epochs, one step for all of an epoch.
    """
    inputs, classes = samples(seed, 2)
    parts = [(np.repeat(inputs[:1], n, axis=0), np.repeat(classes[:1], n)) for n in (11, 3)]
    # Samples that are all alike are 0 after normalisation by their batch, so there is none here.
    linear = Network({name: layer for name, layer in network(seed).children.items() if name != "norm"})
    pairs = [tuple(tensor(each) for each in part) for part in parts]
    for optimizer in ("adam", "sgd"):
        asked = {"optimizer": optimizer, "learning_rate": 0.02, "batch_size": 4, "epochs": 3, "seed": 0}
        text = submission.run_experiment(linear.on(submission), asked, *pairs)
        [only, *_] = run_log(text, MEASURES, what="the log")
        for name, values in zip(MEASURES, expected_run(linear.module(), asked, parts), strict=True):
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
@given(seed=seeds, one=st.sampled_from([0, 7]))
@settings(max_examples=2)
def test_the_seed_decides_a_run(submission, seed, one):
    """Give the same log for the same seed, whatever else draws random numbers, and another for another seed.

    Catches: an order of its own each time, the order of the samples, a seed that is ignored, 0 taken for none.
    """
    parts = samples(seed, 16), samples(seed + 1, 7)
    asked = {"optimizer": "sgd", "learning_rate": 0.1, "batch_size": 3, "epochs": 3, "seed": one}
    first, _ = run(submission, seed, asked, parts)
    draw_numbers(submission)
    again, _ = run(submission, seed, asked, parts)
    other = run(submission, seed, {**asked, "seed": one + 1}, parts)[0]
    assert_close(again.measured["train_loss"], first.measured["train_loss"], what="the loss of the same run, repeated")
    if np.allclose(first.measured["train_loss"], other.measured["train_loss"]):
        fail("another seed gives the same log")
    if not np.isfinite(first.measured["train_loss"]).all() or (first.measured["train_loss"] <= 0).any():
        fail("the loss is no cross-entropy")


@criterion("experiments.sweeps.repeatable")
@given(seed=seeds)
@settings(max_examples=1)
def test_each_epoch_has_an_order_of_its_own(submission, seed):
    """Take each training sample once an epoch, in an order that is another one in each of twenty epochs.

    Catches: one order for all epochs, the order of the samples, one that is only rotated, samples drawn twice.
    """
    inputs = np.arange(1.0, 7.0)[:, None, None, None] * np.ones((6, 3, 2, 2))
    parts = (inputs, np.arange(6) % 4), samples(seed, 3)
    # Without normalisation, for which a batch of one sample is nothing.
    layers = {name: layer for name, layer in network(seed).children.items() if name != "norm"}
    model = Network({"watch": Layer("Watch"), **layers}).on(submission)
    asked = {"optimizer": "sgd", "learning_rate": 0.001, "batch_size": 1, "epochs": 20, "seed": 3}
    pairs = [tuple(tensor(each) for each in part) for part in parts]
    text = submission.run_experiment(model, asked, *pairs)
    [only, *_] = run_log(text, MEASURES, what="the log")
    if (np.diff(only.measured["train_loss"]) == 0).any():
        fail("the loss stands still while the model is trained")
    steps = [mean for training, gradients, count, mean in seen(model) if training and gradients and count == 1]
    if not steps:
        return  # another model was trained, with the parameters of this one: its steps are not to be seen
    orders = np.rint(steps).astype(int)
    if orders.size != 120 or (np.sort(orders.reshape(20, 6), axis=1) != np.arange(1, 7)).any():
        fail("an epoch does not take each training sample once", f"the first: {orders[:12]}")
    orders = orders.reshape(20, 6) - 1
    if len({tuple(each) for each in orders.tolist()}) < 15:  # of 20 out of 720 orders hardly two are the same
        fail("epochs do not have orders of their own", f"got: {orders.tolist()!r:.200}")
    followed = np.zeros((6, 6))
    np.add.at(followed, (orders[:, :-1], orders[:, 1:]), 1)
    assert_even(followed[~np.eye(6, dtype=bool)], "some samples follow each other in most epochs")


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

    Catches: runs that cannot be repeated, are looked up, made up with noise, or follow a formula, a seed of the code's.
    """
    trained(submission, submission.sgd_log())


@criterion("experiments.sweeps.rerun")
def test_runs_of_adam_are_trained(submission):
    """Begin runs of Adam's sweep again, with its learning rate and with others: they follow from their settings.

    Catches: runs that cannot be repeated, are looked up, made up with noise, or follow a formula, a seed of the code's.
    """
    trained(submission, submission.adam_log())


@criterion("experiments.sweeps.rerun")
def test_validation_samples_are_not_trained_on(submission):
    """Begin a run again that stands still, with some pictures said to be of another class: each is in one part at most.

    Catches: training samples that are measured once more as validation samples, parts that are drawn one by one.
    """
    record = recorded(submission.sgd_log())
    assert_parts_apart(submission, record, best(record))


def trained(submission, text):
    assert_trained(submission, recorded(text), what="learning rate")


def recorded(text):
    def begin(work, settings, epochs):
        return work.repeat_run(settings, epochs)

    return Record(read(text), (text,), ("repeat_run",), begin, read, "learning_rate")


def read(text):
    return run_log(without_tests(text), MEASURES, what="the log", diverged=True)
