"""Public checks of selection: a log of two runs, a model whose weights change, four pictures to be tested."""

import numpy as np

from grader.checks import Layer, Network, assert_close, criterion, fail, numbers, tensor
from grader.checks.comparing.closeness import tensor_numbers
from grader.checks.networks.training import scatter, student_object

LOG = """\
{"learning_rate": 0.1, "epoch": 1, "train_loss": 1.0, "train_accuracy": 0.5, "validation_loss": 1.2, \
"validation_accuracy": 0.75}
{"learning_rate": 0.1, "epoch": 2, "train_loss": 0.2, "train_accuracy": 0.95, "validation_loss": 1.9, \
"validation_accuracy": 0.5}
{"learning_rate": 0.2, "epoch": 1, "train_loss": 0.9, "train_accuracy": 0.6, "validation_loss": 1.1, \
"validation_accuracy": 0.25}
"""
WEIGHT = np.array([[1.0, 0.0], [0.0, 1.0]])
LINEAR = Network({"fc": Layer("Linear", {"in_features": 2, "out_features": 2, "bias": False}, {"weight": WEIGHT})})


@criterion("selection.best.choice")
def test_the_first_epoch_of_the_first_run_is_best(submission):
    """Choose learning rate 0.1 and epoch 1, whose validation accuracy is highest.

    Catches: training accuracy, losses, the last epoch.
    """
    got = submission.choose_run(LOG)
    if not isinstance(got, tuple | list) or len(got) != 2 or not isinstance(got[0], dict):
        fail("choose_run does not return a pair (settings, epoch)", f"got: {got!r:.200}")
    confusions = {"This is the epoch of the highest training accuracy, or the last.": 2}
    assert_close(got[1], 1, what="the best epoch", confusions=confusions)
    if got[0] != {"learning_rate": 0.1}:
        fail("these are not the settings of the best run", f"expected {{'learning_rate': 0.1}}, got {got[0]!r:.200}")


@criterion("selection.best.checkpoint")
def test_what_is_kept_does_not_follow_the_model(submission):
    """Restore the weights of the second of three epochs.

    Catches: state_dict() without a copy, the last epoch.
    """
    model = LINEAR.on(submission)
    checkpoint = student_object(submission.BestCheckpoint(), what="BestCheckpoint()")
    kept = []
    for number, accuracy in enumerate((0.5, 0.75, 0.25)):
        scatter(model, number)
        kept.append(Network.state_of(model)["values"]["fc.weight"])
        checkpoint.update(model, accuracy)
    scatter(model, 5)
    now = Network.state_of(model)["values"]["fc.weight"]
    accuracy = checkpoint.restore(model)
    confusions = {
        "What was kept is the model's own state, which changed with it: keep a copy.": now,
        "These are the last epoch's weights.": kept[2],
    }
    got = Network.state_of(model)["values"]["fc.weight"]
    assert_close(got, kept[1], what="the weights restored", confusions=confusions)
    assert_close(accuracy, 0.75, what="the accuracy returned")


@criterion("selection.best.test")
def test_classes_are_handed_in_once(submission):
    """Hand in classes 0, 1, 1, 0, and return what `submit` answers.

    Catches: scores for classes, one call for each picture, an accuracy of one's own.
    """
    handed_in = []

    def submit(classes):
        handed_in.append(classes)
        return 0.75

    images = tensor(np.array([[2.0, 1.0], [0.0, 1.0], [-1.0, 3.0], [4.0, -1.0]]))
    got = submission.final_test(LINEAR.on(submission), {"fc.weight": tensor(WEIGHT)}, images, submit)
    if len(handed_in) != 1:
        fail("predictions are not handed in exactly once", f"they are {len(handed_in)} times")
    classes = tensor_numbers(handed_in[0], what="what is handed in")
    assert_close(tensor(np.asarray(classes)), tensor(np.array([0, 1, 1, 0])), what="the classes handed in")
    assert_close(numbers(got, what="the accuracy"), 0.75, what="the accuracy")
