"""Hidden checks of training runs: the run is followed along the orders that it asks for, and its record with it.

Epochs and errors are the check's own: softmax regression with momentum, on real digits of 7×7 pixels. What the
submission orders, hands on, and writes down is all that counts; which orders it draws is left to it.
"""

import gzip
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Run, assert_close, criterion, fail, numbers, run_log, spread
from grader.checks.comparing.chance import assert_mixed, unlike_seeds

PROVIDED = Path(__file__).parents[2] / "provided" / "torchvision" / "mnist"
MEASURES = ("train_loss", "train_accuracy", "test_loss", "test_accuracy")
seeds = st.integers(0, 2**32 - 1)

Arrays = dict[str, np.ndarray]
Samples = tuple[np.ndarray, np.ndarray]


def provided(part: str, count: int) -> Samples:
    """The first digits that are provided, each 7×7 means of 4×4 pixels from 0 to 1, and their classes one-hot."""
    pixels, labels = (
        np.frombuffer(gzip.decompress((PROVIDED / f"{part}-{kind}-ubyte.gz").read_bytes()), np.uint8, offset=header)
        for kind, header in (("images-idx3", 16), ("labels-idx1", 8))
    )
    coarse = pixels.reshape(-1, 7, 4, 7, 4).mean(axis=(2, 4)) / 255
    return coarse[:count].reshape(count, 49), np.eye(10)[labels[:count]]


def random_samples(seed: int, n: int) -> Samples:
    return spread((n, 3), seed), np.eye(4)[np.random.default_rng(seed).integers(0, 4, n)]


class Followed:
    """A network of one layer on given samples, and all orders in which a run has trained it."""

    def __init__(self, train: Samples, test: Samples, seed: int, size: int) -> None:
        self.train, self.test, self.size = train, test, size
        features, classes = train[0].shape[1], train[1].shape[1]
        self.start = {"w": spread((classes, features), seed, 0.1, 0.4), "b": spread(classes, seed + 1, 0.1, 0.4)}
        self.orders: list[np.ndarray] = []
        self.ended: list[Arrays] = []

    def epoch(self, parameters: object, memory: Any, order: object) -> tuple[Arrays, Arrays]:
        """What a submission is given to train by; it notes the order, and what came of it."""
        drawn = numbers(order, what="the order of an epoch").ravel()
        if drawn.dtype.kind not in "iu" or not np.isin(drawn, np.arange(len(self.train[0]))).all():
            fail("the order of an epoch does not consist of numbers of samples", f"got: {drawn!r:.300}")
        self.orders.append(drawn)
        parameters, memory = self.trained(self.named(parameters), memory, drawn)
        self.ended.append(parameters)
        return parameters, memory

    def trained(self, parameters: Arrays, memory: Any, order: np.ndarray) -> tuple[Arrays, Arrays]:
        """Momentum, batch by batch."""
        velocity = self.named(memory) if memory is not None else {name: 0 * p for name, p in parameters.items()}
        x, one_hot = self.train
        for part in (order[k : k + self.size] for k in range(0, len(order), self.size)):
            logits = x[part] @ parameters["w"].T + parameters["b"]
            off = (np.exp(logits - np.logaddexp.reduce(logits, axis=1)[:, None]) - one_hot[part]) / len(part)
            slopes = {"w": off.T @ x[part], "b": off.sum(axis=0)}
            velocity = {name: 0.9 * velocity[name] - 0.1 * slopes[name] for name in slopes}
            parameters = {name: parameters[name] + velocity[name] for name in slopes}
        return parameters, velocity

    def measure(self, parameters: object, x: object, one_hot: object) -> tuple[float, float]:
        """What a submission is given to measure by: any samples, in any order."""
        inputs, classes = numbers(x, what="x to be measured"), numbers(one_hot, what="one_hot to be measured")
        if not any(inputs.shape == s[0].shape and classes.shape == s[1].shape for s in (self.train, self.test)):
            fail("the errors asked for are not those of all training samples or all test samples")
        return self.measured(self.named(parameters), inputs, classes)

    def measured(self, parameters: Arrays, x: np.ndarray, one_hot: np.ndarray) -> tuple[float, float]:
        logits = x @ parameters["w"].T + parameters["b"]
        loss = np.mean(np.logaddexp.reduce(logits, axis=1) - (one_hot * logits).sum(axis=1))
        return float(loss), float(np.mean(logits.argmax(axis=1) == one_hot.argmax(axis=1)))

    def named(self, got: object) -> Arrays:
        """What a submission hands on as parameters or memory, if it is what it was given."""
        if not isinstance(got, dict) or got.keys() != self.start.keys():
            fail("what is handed on from epoch to epoch is not what the epoch returned", f"got: {got!r:.300}")
        arrays = {name: numbers(value, what=f"{name}, handed on") for name, value in got.items()}
        if any(arrays[name].shape != value.shape for name, value in self.start.items()):
            fail("what is handed on from epoch to epoch has another shape than what the epoch returned")
        return arrays

    def right(self) -> Arrays:
        """The parameters after a run along the orders that were drawn."""
        parameters, memory = self.start, None
        for order in self.orders:
            parameters, memory = self.trained(parameters, memory, order)
        return parameters

    def expected(self) -> dict[str, np.ndarray]:
        """What is to be measured after each epoch, wherever it ended."""
        rows = [(*self.measured(ended, *self.train), *self.measured(ended, *self.test)) for ended in self.ended]
        return dict(zip(MEASURES, np.array(rows).T, strict=True))


def run(submission: Any, followed: Followed, epochs: int, stated: dict[str, Any]) -> tuple[object, object]:
    """What a run returns, if it is a pair and took so many epochs."""
    followed.orders.clear()
    followed.ended.clear()
    answer = submission.training_run(
        followed.start, followed.epoch, followed.measure, followed.train, followed.test, epochs, stated
    )
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        fail("training_run does not return a pair (parameters, record)", f"got: {answer!r:.300}")
    if len(followed.orders) != epochs:
        fail("training does not take as many epochs as asked for", f"{len(followed.orders)} for {epochs}")
    return answer[0], answer[1]


def assert_recorded(record: object, followed: Followed, epochs: int, stated: dict[str, Any]) -> None:
    """Fail unless a record is that of the run along the orders that were drawn."""
    runs = run_log(record, MEASURES)
    if not str(record).endswith("\n"):
        fail("the last line of the record is not ended by a line break")
    if len(runs) != 1 or runs[0].epochs != epochs:
        fail("the record does not hold one run with a line for each epoch", f"{[one.epochs for one in runs]} epochs")
    if runs[0].settings != stated:
        fail("the settings in the record are not those of the run", f"expected {stated}, got {runs[0].settings}")
    for name, expected in followed.expected().items():
        assert_close(runs[0].measured[name], expected, what=f"{name} in the record")
        if not np.allclose(runs[0].measured[name], expected, rtol=1e-12, atol=0):
            fail("numbers of the record are not written with all their digits", f"{name}, expected {expected!r:.200}")


def assert_ended(got: object, followed: Followed) -> None:
    """Fail unless these are the parameters after a run along the orders that were drawn."""
    expected = followed.right()
    if not isinstance(got, dict) or got.keys() != expected.keys():
        fail("the parameters are not a dict of the names that they had at the start", f"got: {got!r:.200}")
    for name, values in expected.items():
        assert_close(got[name], values, what=f"the parameter {name} after the last epoch")


@criterion("runs.record.epochs")
@given(seed=seeds, n=st.integers(12, 20), epochs=st.integers(3, 5))
@settings(max_examples=3)
def test_epochs_go_on_from_one_another_in_new_orders(submission, seed, n, epochs):
    """Hand on parameters and memory, draw a permutation for each epoch, return the last parameters.

    Catches: parameters or a memory that start anew, the same order again or a few in turn, an order that is only
    rotated, samples drawn with replacement.
    """
    followed = Followed(random_samples(seed, n), random_samples(seed + 1, 5), seed, size=4)
    stated = {"optimizer": "momentum", "learning_rate": 0.1, "batch_size": 4, "seed": seed}
    got, _ = run(submission, followed, epochs, stated)
    orders = followed.orders
    if any(not np.array_equal(np.sort(order), np.arange(n)) for order in orders):
        fail("the order of an epoch is not a permutation of all training samples", f"got: {orders!r:.500}")
    if any(np.array_equal(one, later) for one, later in combinations(orders, 2)):
        fail("an epoch takes the samples in the same order as one before")
    # Of random orders few neighbours stay neighbours: 1 of 12 samples on average, and 7 once in a million times.
    for one, later in combinations(orders, 2):
        kept = set(pairwise(one.tolist())) | {(int(one[-1]), int(one[0]))}
        if sum(pair in kept or pair[::-1] in kept for pair in pairwise(later.tolist())) > n // 2:
            fail("an epoch takes the samples in the order of one before, only begun elsewhere or turned round")
    assert_ended(got, followed)


@criterion("runs.record.epochs")
@given(seed=st.integers(0, 10**6))
@settings(max_examples=2)
def test_the_seed_decides_the_orders(submission, seed):
    """Draw the same orders for the same seed, and others for another, and return what each run came to.

    Catches: unseeded shuffling, a seed of one's own, a seed that is folded or cut off, the seed of the first epoch used
    for all, a run's result given again for another seed.
    """
    followed = Followed(random_samples(seed, 16), random_samples(seed + 1, 5), seed, size=16)
    drawn = []
    for number in (*unlike_seeds(seed), seed):
        got, _ = run(submission, followed, 3, {"optimizer": "momentum", "seed": number})
        assert_ended(got, followed)
        drawn.append(list(followed.orders))
    if not np.array_equal(drawn.pop(), drawn[unlike_seeds(seed).index(seed)]):
        fail("the same seed gives other orders")
    # The first epoch may take the samples as they come.
    if any(np.array_equal(one[1:], other[1:]) for one, other in combinations(drawn, 2)):
        fail("another seed gives the same orders", f"of {unlike_seeds(seed)}")


def long_run(submission: Any, seed: int) -> tuple[object, object, list[np.ndarray], list[object], set[int]]:
    """Train for 101 epochs on 1201 samples, with a memory that begins with 0.

    Return parameters and record, the orders and memories that epochs were given, and how many samples were measured.
    """
    orders: list[np.ndarray] = []
    handed: list[object] = []
    measured: set[int] = set()

    def epoch(parameters: Any, memory: Any, order: object) -> tuple[Any, Any]:
        orders.append(numbers(order, what="the order of an epoch").ravel())
        handed.append(memory)
        return {"w": parameters["w"] + 1}, len(handed) - 1

    def measure(parameters: Any, x: object, one_hot: object) -> tuple[float, float]:
        measured.add(len(numbers(x, what="x to be measured")))
        return 0.0, 1.0

    train, test = random_samples(seed, 1201), random_samples(seed + 1, 700)
    got = submission.training_run({"w": np.zeros(2)}, epoch, measure, train, test, 101, {"seed": seed})
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail("training_run does not return a pair (parameters, record)", f"got: {got!r:.200}")
    return got[0], got[1], orders, handed, measured


@criterion("runs.record.epochs")
@given(seed=seeds)
@settings(max_examples=1)
def test_as_many_epochs_as_are_asked_for(submission, seed):
    """Train for 101 epochs on many samples, whatever the memory is.

    Catches: a greatest number of epochs or of samples, an end where all is right, a memory that is lost where it
    is false, orders that come again after some, samples that are shuffled in blocks.
    """
    parameters, _, orders, handed, _ = long_run(submission, seed)
    if len(orders) != 101:
        fail("training does not take as many epochs as asked for", f"{len(orders)} for 101")
    w = parameters.get("w") if isinstance(parameters, dict) else None
    assert_close(w, np.full(2, 101.0), what="the parameter w after the last epoch")
    if handed != [None, *range(100)]:
        fail("an epoch is not given the memory that the one before returned", f"got: {handed[:10]!r}")
    if any(not np.array_equal(np.sort(order), np.arange(1201)) for order in orders):
        fail("the order of an epoch is not a permutation of all training samples")
    if len({tuple(order.tolist()) for order in orders}) < 101:
        fail("an epoch takes the samples in the same order as one before")
    for order in orders[1:]:
        assert_mixed(order, "samples stay near their places")


@criterion("runs.record.measures")
@given(seed=seeds)
@settings(max_examples=1)
def test_many_epochs_are_recorded(submission, seed):
    """Record a hundred epochs and more by their numbers, each measured on all of many samples.

    Catches: epochs that are counted anew, a greatest number of epochs or of samples.
    """
    _, record, orders, _, measured = long_run(submission, seed)
    if measured != {1201, 700}:
        fail("the errors asked for are not those of all training samples and all test samples", f"of {measured}")
    if [one.epochs for one in run_log(record, MEASURES)] != [len(orders)]:
        fail("the record does not hold one run with a line for each epoch")


@criterion("runs.record.measures")
@given(seed=seeds, epochs=st.integers(1, 3))
@settings(max_examples=3)
def test_errors_are_measured_after_each_epoch_on_both_sets(submission, seed, epochs):
    """Record the loss and the accuracy on all samples with the parameters after each epoch, and the settings.

    Catches: measuring before the epoch, one set for both, loss and accuracy exchanged, numbers that are rounded, a last
    line that is not ended, so that another record cannot follow.
    """
    followed = Followed(random_samples(seed, 13), random_samples(seed + 1, 7), seed, size=5)
    stated = {"optimizer": "momentum", "learning_rate": 0.1, "batch_size": 5, "seed": seed, "alpha": 0.9}
    stated |= {"layers": [8, 4], "decay": None, "shuffled": True, "named": {"a": 0.1, "b": "é"}}
    _, record = run(submission, followed, epochs, stated)
    assert_recorded(record, followed, epochs, stated)


@criterion("runs.record.measures")
def test_fifteen_epochs_on_real_digits_are_recorded(submission):
    """Record fifteen epochs of momentum on 200 digits, each with the errors that it ended with.

    Catches: records that stop early, or keep the best epoch only.
    """
    followed = Followed(provided("train", 200), provided("t10k", 100), seed=5, size=10)
    stated = {"optimizer": "momentum", "learning_rate": 0.1, "batch_size": 10, "seed": 2022}
    _, record = run(submission, followed, 15, stated)
    assert_recorded(record, followed, 15, stated)


# What is reported


@criterion("runs.accuracy.share")
@given(seed=seeds, n=st.integers(5, 12), classes=st.integers(2, 10))
@settings(max_examples=5)
def test_accuracy_is_the_share_of_right_answers(submission, seed, n, classes):
    """Return how many of all samples have their largest logit at their class, as a number from 0 to 1.

    Catches: the error, per cent, a count, the least logit, the share of logits, a threshold for a comparison.
    """
    random = np.random.default_rng(seed)
    logits = random.permuted(np.tile(np.linspace(-3, 2, classes), (n, 1)), axis=1) + random.uniform(0, 0.1)
    right = int(random.integers(1, n))
    while 2 * right == n:  # where the error is as large
        right = int(random.integers(1, n))
    at = logits.argmax(axis=1)
    at[right:] = (at[right:] + random.integers(1, classes, n - right)) % classes
    order = random.permutation(n)
    got = submission.accuracy(logits[order], np.eye(classes)[at[order]])
    assert_close(got, right / n, what="the accuracy")


@criterion("runs.accuracy.share")
@given(seed=seeds)
@settings(max_examples=1)
def test_accuracy_of_any_number_of_samples_and_any_logits(submission, seed):
    """Count each of 2503 samples, or a single one, whatever the size of its logits, and however near they are.

    Catches: means of the means of parts, a greatest number of samples, powers that overflow, logits that are rounded,
    negative ones taken for wrong.
    """
    random = np.random.default_rng(seed)
    for n, size, middle in ((2503, 3000, 0), (2503, 1, -5), (2503, 1e-4, 1), (1, 2, -9)):
        logits = middle + size * random.normal(size=(n, 5))
        at = logits.argmax(axis=1)
        at[n // 2 + 700 :] += random.integers(0, 5, len(at[n // 2 + 700 :]))
        expected = np.mean(at % 5 == logits.argmax(axis=1))
        assert_close(submission.accuracy(logits, np.eye(5)[at % 5]), expected, what="the accuracy")


@criterion("runs.accuracy.reported")
@given(seed=seeds, counts=st.permutations((3, 9, 12, 1, 120)))
@settings(max_examples=3)
def test_each_optimizer_is_reported_by_its_last_epoch(submission, seed, counts):
    """Return the test accuracy in the last line of each optimizer's run, runs of unlike lengths, one of it 0.

    Catches: the best epoch, the mean of all, training accuracies, one number for all runs, epoch 9 for the last of 12,
    fifteen epochs at most, an accuracy of 0 taken for none, three names alone.
    """
    random = np.random.default_rng(seed)
    runs = []
    for name, epochs in zip(("sgd", "momentum", "rmsprop", "Adam, β = 0.9", "heavy ball 2"), counts, strict=True):
        measured = {measure: random.uniform(0.1, 0.8, epochs) for measure in MEASURES}
        measured["test_accuracy"][0] = 0.9  # the best, and not the last
        measured["test_accuracy"][-1] *= name != "momentum"  # one ends with none right, one with all
        measured["test_accuracy"][-1] = 1.0 if name == "sgd" else measured["test_accuracy"][-1]
        runs.append(Run({"optimizer": name, "learning_rate": 0.001, "batch_size": 10, "seed": 1}, measured))
    got = submission.final_accuracies("".join(one.as_text() for one in runs))
    names = [one.settings["optimizer"] for one in runs]
    if not isinstance(got, dict) or sorted(got) != sorted(names):
        fail("final_accuracies does not return a dict of the record's optimizers", f"got: {got!r:.200}")
    expected = [one.measured["test_accuracy"][-1] for one in runs]
    assert_close([got[name] for name in names], expected, what="the accuracies reported")
