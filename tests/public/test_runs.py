"""Public checks of training runs: a run of three epochs that one can follow, and what is reported of a record."""

from itertools import pairwise

import numpy as np

from grader.checks import Run, assert_close, criterion, fail, run_log

MEASURES = ("train_loss", "train_accuracy", "test_loss", "test_accuracy")
SETTINGS = {"optimizer": "sgd", "learning_rate": 0.5, "batch_size": 1, "seed": 3}
TRAIN = (np.arange(8.0).reshape(8, 1), np.eye(2)[[0, 1] * 4])
TEST = (np.array([[10.0], [20.0]]), np.eye(2))


class Course:
    """Counts epochs: each adds 1 to the parameter, and 10 more for each epoch that the memory knows of."""

    def __init__(self):
        self.orders = []
        self.ended = []

    def epoch(self, parameters, memory, order):
        self.orders.append(np.asarray(order).tolist())
        known = 0.0 if memory is None else memory
        w = np.asarray(parameters["w"]) + 1 + 10 * known
        self.ended.append(float(w[0]))
        return {"w": w}, known + 1

    def measure(self, parameters, x, one_hot):
        return float(np.mean(parameters["w"])) + float(np.mean(x)), len(x) / 100


def run(submission, seed=3):
    """Return a run's parameters and record, and what it asked for."""
    course = Course()
    settings = {**SETTINGS, "seed": seed}
    answer = submission.training_run({"w": np.zeros(1)}, course.epoch, course.measure, TRAIN, TEST, 3, settings)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        fail("training_run does not return a pair (parameters, record)", f"got: {answer!r:.300}")
    return *answer, course


@criterion("runs.record.epochs")
def test_three_epochs_follow_one_another(submission):
    """Come to w = 1, then 1 + 1 + 10, then 12 + 1 + 20 = 33.

    Catches: an epoch too many or too few, parameters or memory that are not handed on.
    """
    parameters, _, course = run(submission)
    if len(course.orders) != 3:
        fail("training does not take as many epochs as asked for", f"it took {len(course.orders)} for 3")
    if not isinstance(parameters, dict) or parameters.keys() != {"w"}:
        fail("the parameters are not a dict of the names that they had at the start", f"got: {parameters!r:.200}")
    confusions = {
        "The memory that an epoch returns is for the next epoch.": [3.0],
        "Each epoch goes on from the parameters of the one before.": [21.0],
    }
    assert_close(parameters["w"], [33.0], what="the parameter w after three epochs", confusions=confusions)


@criterion("runs.record.epochs")
def test_each_epoch_takes_all_samples_in_an_order_of_its_own(submission):
    """Draw a permutation of the eight samples for each epoch; the seed decides which.

    Catches: no shuffling, one order for all epochs, samples drawn more than once, a seed that is left out.
    """
    orders = run(submission)[2].orders
    if any(sorted(order) != list(range(8)) for order in orders):
        fail("an order is not a permutation of all samples", f"got: {orders}")
    if any(one == next_one for one, next_one in pairwise(orders)):
        fail("an epoch takes the samples in the same order as the one before", f"got: {orders}")
    if run(submission)[2].orders != orders:
        fail("the same seed gives other orders", f"first {orders}, then others")
    if run(submission, seed=4)[2].orders == orders:
        fail("another seed gives the same orders", f"for seeds 3 and 4: {orders}")


@criterion("runs.record.measures")
def test_the_record_holds_what_was_measured_after_each_epoch(submission):
    """Record, after three epochs, losses of w plus the mean of x: 3.5 for training samples, 15 for test samples.

    w is 1, 12 and 33 where parameters and memory are handed on.

    Catches: errors before the epoch, errors of training samples twice, lines or settings left out.
    """
    _, record, course = run(submission)
    [only, *more] = run_log(record, MEASURES)
    if more or only.epochs != 3:
        fail("the record does not hold one run of three epochs", f"got:\n{record}")
    if only.settings != SETTINGS:
        fail("the settings in the record are not those of the run", f"expected {SETTINGS}, got {only.settings}")
    w = np.array(course.ended)
    expected = {"train_loss": w + 3.5, "test_loss": w + 15, "train_accuracy": [0.08] * 3, "test_accuracy": [0.02] * 3}
    before = "It was measured before the epoch. Measure after it."
    for name, values in expected.items():
        confusions = {before: np.append(0, w[:2]) + 3.5} if name == "train_loss" else {}
        assert_close(only.measured[name], values, what=f"{name} in the record", confusions=confusions)


@criterion("runs.accuracy.share")
def test_three_of_four_are_classified_rightly(submission):
    """Return 0.75: the second sample's largest logit is not that of its class.

    Catches: a number of samples, per cent, the share of wrong ones.
    """
    logits = np.array([[2.0, 1.0, 0.0], [0.5, 3.0, 1.0], [-5.0, -4.0, -1.0], [0.1, 0.3, 0.2]])
    one_hot = np.eye(3)[[0, 2, 2, 1]]
    confusions = {
        "This is the share of wrong answers, the error.": 0.25,
        "This is the number of right answers. Divide it by the number of samples.": 3,
        "This is in per cent. The share is a number from 0 to 1.": 75.0,
    }
    assert_close(submission.accuracy(logits, one_hot), 0.75, what="the accuracy", confusions=confusions)


@criterion("runs.accuracy.reported")
def test_the_test_accuracy_after_the_last_epoch_is_reported(submission):
    """Return 0.6 for sgd and 0.8 for momentum, whose second of three epochs was better.

    Catches: accuracies of the training samples, of the best epoch, of the first.
    """
    sgd = [0.2, 0.4, 0.6], [0.3, 0.5, 0.7]
    momentum = [0.7, 0.85, 0.8], [0.75, 0.9, 0.95]
    runs = [
        Run(
            {**SETTINGS, "optimizer": name},
            {"train_loss": 1 - train, "train_accuracy": train, "test_loss": 1 - test, "test_accuracy": test},
        )
        for name, (test, train) in (("sgd", map(np.array, sgd)), ("momentum", map(np.array, momentum)))
    ]
    got = submission.final_accuracies("".join(run.as_text() for run in runs))
    if not isinstance(got, dict) or got.keys() != {"sgd", "momentum"}:
        fail("final_accuracies does not return a dict of the record's optimizers", f"got: {got!r:.200}")
    values = [got["sgd"], got["momentum"]]
    confusions = {
        "These are accuracies on the training samples.": [0.7, 0.95],
        "This is the best accuracy of all epochs. To choose by the test samples is to train on them.": [0.6, 0.85],
    }
    assert_close(values, [0.6, 0.8], what="the accuracies of sgd and momentum", confusions=confusions)
