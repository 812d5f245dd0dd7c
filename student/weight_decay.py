# Fill in the bodies: each docstring says what is asked.
"""Weight decay: what it adds to a step, a sweep over its values, the best one, and a picture of them all.

The weight decay λ is that of PyTorch's optimizers: the loss gets the term λ/2 · Σ w², over all entries w of the
parameters.

A record is text in JSON lines: after each epoch of a run one line, a JSON object, ended by a line break. It holds the
run's settings, the same in each of its lines, then the epoch, counted from 1, and what was measured after it:

    {"weight_decay": 0.001, "learning_rate": 0.1, "seed": 1, "epoch": 1, "train_loss": 1.92, "train_accuracy": 0.31,
     "validation_loss": 1.95, "validation_accuracy": 0.3, "test_loss": 1.96, "test_accuracy": 0.29}

stands in one line there. Records of several runs, one after the other, are a record too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure


def penalty(parameters: Iterable[np.ndarray], weight_decay: float) -> float:
    """Return the term that weight decay adds to the loss: λ/2 times the sum of the squares of all entries.

    ``parameters`` is a list of arrays of any shapes, which are left as they are.
    """
    raise NotImplementedError("decay.step")


def decayed_step(parameters: np.ndarray, gradient: np.ndarray, learning_rate: float, weight_decay: float) -> np.ndarray:
    """Return the parameters after one step of gradient descent on the loss with its `penalty`.

    ``gradient`` is that of the loss without the penalty, at these parameters, and of their shape, which may be any.
    Whether the arrays that are given are changed is left to you.
    """
    raise NotImplementedError("decay.step")


def weight_decay_sweep(
    run: Callable[[dict[str, Any]], str], values: Sequence[float], settings: Mapping[str, Any]
) -> str:
    """Train once with each of the values of weight decay, all else being equal; return the record of all runs.

    ``run(settings)`` trains one network by its settings, a dict, and returns the record of that run. ``settings`` are
    those of your best network, without or with a weight decay of its own; they decide all that is random too. Each
    run has the same settings but for ``"weight_decay"``, whatever its value; ``settings`` themselves are left as they
    are. The record holds the runs in the order of the values.
    """
    raise NotImplementedError("decay.sweep")


def best_weight_decay(record: str) -> float:
    """Return the best weight decay of a record with a run for each value of it.

    The best is that with the highest accuracy on the validation samples after its last epoch; among equal ones, that
    with the lowest loss there and then. What was measured on the test samples is for the report only.
    """
    raise NotImplementedError("decay.best")


def draw_weight_decay(record: str) -> Figure:
    """Return a figure of its own that shows what a record's runs came to, by their weight decay.

    There is a run for each value, in any order. The figure has two pairs of axes: the title of one has the word
    "accuracy" in it, that of the other "loss". In each there are two lines with the labels ``"train"`` and
    ``"test"`` in a legend: values of weight decay from the smallest to the largest, against what was measured after
    the last epoch. All axes are labelled, x and y. One value of weight decay may be 0.
    """
    raise NotImplementedError("decay.figure")
