"""Hidden checks of selection: logs drawn at random, a model that is trained further, test labels that stay here."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Layer, Network, Run, assert_close, assert_untouched, criterion, fail, numbers, spread, tensor
from grader.checks.comparing.closeness import plain, tensor_numbers
from grader.checks.networks.training import leave_gradients, scatter, student_object
from grader.checks.runs.sweeps import best

seeds = st.integers(0, 2**16)
MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


@criterion("selection.best.choice")
@given(seed=seeds, lengths=st.permutations((2, 3, 5)))
@settings(max_examples=4)
def test_the_highest_validation_accuracy_decides(submission, seed, lengths):
    """Choose run and epoch by validation accuracy, the first of equals.

    Catches: training accuracy, validation loss, the last epoch, the last of equals, the best run's last epoch.
    """
    random = np.random.default_rng(seed)
    runs = [
        Run(
            {"optimizer": "adam", "learning_rate": 0.1**k, "seed": 3},
            {name: random.uniform(0, 0.8, n) for name in MEASURES},
        )
        for k, n in enumerate(lengths, 1)
    ]
    number, epoch = int(random.integers(0, 2)), int(random.integers(0, 2))
    for run, at in ((runs[number], epoch), (runs[2], 0)):
        run.measured["validation_accuracy"][at] = 0.9
    assert best(runs) == (number, epoch + 1)
    got = submission.choose_run("".join(run.as_text() for run in runs))
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("choose_run does not return a pair (settings, epoch)", f"got: {got!r:.200}")
    if not isinstance(got[0], dict) or got[0] != dict(runs[number].settings):
        fail("these are not the settings of the best run", f"expected {runs[number].settings}, got {got[0]!r:.200}")
    assert_close(got[1], epoch + 1, what="the best epoch")


@criterion("selection.best.choice")
@given(seed=seeds)
@settings(max_examples=2)
def test_any_settings_and_any_accuracies(submission, seed):
    """Choose epoch 11 of 12, by little, after a run of 140, and the first of two runs of which nothing is right.

    Catches: epochs compared as texts, accuracies that are rounded, 0 taken for none, settings that are left out because
    their names begin or end like those of measures.
    """
    random = np.random.default_rng(seed)
    named = {
        "epochs": 12,
        "test_size": 80,
        "train_size": 900,
        "validation_size": 90,
        "step_size": None,
        "note": ["a", {"b": 0}],
    }
    close, other, none, nothing = (
        Run(
            {"optimizer": name, **(named if length > 2 else {}), "epoch_seconds": length},
            {measure: random.uniform(0.2, 0.8, length) for measure in MEASURES},
        )
        for name, length in (("sgd", 12), ("adam", 140), ("sgd", 1), ("adam", 2))
    )
    close.measured["validation_accuracy"][[8, 10]] = 0.9, 0.900001
    close.measured["validation_loss"][1], other.measured["train_accuracy"][1] = 0.01, 0.95
    none.measured["validation_accuracy"][:] = nothing.measured["validation_accuracy"][:] = 0.0
    for runs, best_run, epoch in (([other, close], close, 11), ([none, nothing], none, 1)):
        got = submission.choose_run("".join(run.as_text() for run in runs))
        if not isinstance(got, tuple | list) or len(got) != 2 or got[0] != dict(best_run.settings):
            fail("these are not the settings of the best run", f"expected {best_run.settings}, got {got!r:.300}")
        assert_close(got[1], epoch, what="the best epoch")


def network(seed):
    """Return a network with parameters and buffers, and without much else."""
    random = np.random.default_rng(seed)
    norm = {
        "weight": random.uniform(0.8, 1.6, 3), "bias": random.normal(size=3),
        "running_mean": random.normal(size=3), "running_var": random.uniform(0.5, 1.5, 3),
        "num_batches_tracked": np.array(seed % 100),
    }  # fmt: skip
    weights = {"weight": random.normal(size=(4, 12)), "bias": random.normal(size=4)}
    return Network(
        {
            "norm": Layer("BatchNorm2d", {"num_features": 3}, norm),
            "flatten": Layer("Flatten"),
            "fc": Layer("Linear", {"in_features": 12, "out_features": 4}, weights),
        }
    )


@criterion("selection.best.checkpoint")
@given(seed=seeds, best_at=st.integers(0, 3))
@settings(max_examples=4)
def test_the_best_model_comes_back_as_it_was(submission, seed, best_at):
    """Restore parameters and buffers of the epoch that was best, though the model was trained on.

    Catches: state_dict() without a copy, the last or the worst epoch, the last of equals, parameters alone, a few
    epochs alone, what is kept lost after it came back, a model that is left in another mode, frozen
    or with other gradients.
    """
    accuracies = np.linspace(0.1, 0.7, 13)
    accuracies[3 * best_at], accuracies[12] = 0.8, 0.8
    model = network(seed).on(submission)
    checkpoint = student_object(submission.BestCheckpoint(), what="BestCheckpoint()")
    states = []
    for number, accuracy in enumerate(accuracies):
        scatter(model, seed + number)
        leave_gradients(model, seed + number)
        before = Network.state_of(model)
        states.append(before["values"])
        checkpoint.update(model, float(accuracy))
        assert_untouched(before, Network.state_of(model))
    for seen in (model, network(seed + 9).in_use_on(submission, training=True), model, model):
        scatter(model, seed + 7)
        before = Network.state_of(seen)
        assert_close(checkpoint.restore(seen), 0.8, what="the accuracy returned")
        after = Network.state_of(seen)
        assert_untouched({**before, **{sort: after.get(sort) for sort in ("values", "modes")}}, after)
        for name, value in states[3 * best_at].items():
            assert_close(after["values"][name], value, what=f"{name} as restored")


@criterion("selection.best.checkpoint")
@given(seed=seeds)
@settings(max_examples=2)
def test_two_checkpoints_of_any_accuracies(submission, seed):
    """Keep a first model of accuracy 0, and a better one by little, apart from what another checkpoint keeps.

    Catches: 0 taken for none, a least improvement, what is kept in the class, the lowest accuracy.
    """
    model = network(seed).on(submission)
    one, other = (student_object(submission.BestCheckpoint(), what="BestCheckpoint()") for _ in range(2))
    states = []
    for number, (accuracy, others) in enumerate(((0.0, 0.0), (0.5, 0.0), (0.50004, 0.0))):
        scatter(model, seed + number)
        states.append(Network.state_of(model)["values"])
        one.update(model, accuracy)
        other.update(model, others)
    for checkpoint, accuracy, state in ((one, 0.50004, states[2]), (other, 0.0, states[0])):
        scatter(model, seed + 7)
        # Beside 1, not beside itself: 0 may be a little less or more.
        assert_close(1 + checked(checkpoint.restore(model)), 1 + accuracy, what="one more than the accuracy returned")
        values = Network.state_of(model)["values"]
        for name, value in state.items():
            assert_close(values[name], value, what=f"{name} as restored")


def checked(accuracy):
    """Return a number that came back."""
    array = numbers(plain(accuracy) if accuracy is not None else None, what="the accuracy returned")
    if array.shape != ():
        fail("the accuracy returned is no number", f"got an array of shape {array.shape}")
    return float(array)


@criterion("selection.best.test")
@given(seed=seeds)
@settings(max_examples=1)
def test_the_test_set_is_asked_once(submission, seed):
    """Predict with the parameters given, in evaluation mode, hand all classes in once, and return the accuracy.

    Catches: the model as it came, training mode, scores for classes, a second look, a number of one's own, pixels of 0
    taken for others.
    """
    for number, scale in ((1, 1.0), (9, 1.0), (1300, 1.0), (3, 0.0), (13, 3000.0)):
        assert_tested(submission, seed + number, number, scale)


def assert_tested(submission, seed, number, scale=1.0):
    """Fail unless a model is tested rightly on so many images, in which every third number is 0."""
    import torch

    right, images = network(seed + 1).module().eval(), spread((number, 3, 2, 2), seed)
    images = scale * np.where(np.abs(images) < 1, 0, images)
    with torch.no_grad():
        expected = np.asarray(right(torch.from_numpy(images)).argmax(dim=1))
    handed_in, answer = [], (seed % 8 + 1 / 3) / 9

    def submit(classes):
        handed_in.append(classes)
        return answer if len(handed_in) == 1 else 1.0

    state = {name: tensor(plain(value)) for name, value in right.state_dict().items()}
    got = submission.final_test(network(seed).on(submission), state, tensor(images), submit)
    if len(handed_in) != 1:
        fail("predictions are not handed in exactly once", f"they are {len(handed_in)} times")
    classes = tensor_numbers(handed_in[0], what="what is handed in")
    if classes.dtype.kind not in "iu":
        fail("the classes handed in are not whole numbers by their dtype", f"got {classes.dtype}")
    assert_close(tensor(np.asarray(classes)), tensor(expected), what="the classes handed in")
    assert_close(1 + checked(got), 1 + answer, what="one more than the accuracy", rtol=1e-6)
