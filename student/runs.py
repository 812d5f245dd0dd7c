# Fill in the bodies: each docstring says what is asked.
"""Training runs: their record, and what is reported of them.

The record of a run is text in JSON lines: after each epoch one line, a JSON object, ended by a line break. It holds
the run's settings, the same in each of its lines, then the epoch, counted from 1, and what was measured after it:

    {"optimizer": "sgd", "learning_rate": 0.001, "batch_size": 10, "seed": 1, "epoch": 1, "train_loss": 2.297,
     "train_accuracy": 0.131, "test_loss": 2.301, "test_accuracy": 0.12}

stands in one line there. Records of several runs, one after the other, are a record too. Losses are means over all
samples, accuracies numbers from 0 to 1. Numbers are written with all their digits, as ``json.dumps`` does it.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Arrays = dict[str, np.ndarray]
Samples = tuple[np.ndarray, np.ndarray]
Epoch = Callable[[Arrays, Any, np.ndarray], tuple[Arrays, Any]]
Measure = Callable[[Arrays, np.ndarray, np.ndarray], tuple[float, float]]


def training_run(
    parameters: Arrays,
    epoch: Epoch,
    measure: Measure,
    train: Samples,
    test: Samples,
    epochs: int,
    settings: Mapping[str, Any],
) -> tuple[Arrays, str]:
    """Train for so many epochs; return the parameters after the last one, and the run's record.

    - ``parameters`` are those to start from, a dict of arrays.
    - ``epoch(parameters, memory, order)`` returns the pair (parameters, memory) after one epoch on the N training
      samples, taken in the given order, a permutation of 0 … N − 1. The memory is None for the first epoch, later
      what the epoch before returned. With your own functions, ``epoch`` makes mini-batches and calls, for example,
      `momentum_epoch`.
    - ``measure(parameters, x, one_hot)`` returns the pair (loss, accuracy) on these samples.
    - ``train`` and ``test`` are pairs (x, one_hot), with N samples and M.
    - ``settings`` go into each line of the record as they are. ``settings["seed"]``, a whole number, decides all
      that is random.

    The samples are shuffled: each epoch has an order of its own, drawn at random. (The first may be that of the
    samples.) The same seed gives the same orders again, another seed others. After each epoch the loss and the
    accuracy are measured on all training samples and on all test samples, with the parameters that it ended with.
    Whether what is passed in is changed is left to you.
    """
    raise NotImplementedError("runs.record")


def accuracy(logits: np.ndarray, one_hot: np.ndarray) -> float:
    """Return the share of samples, from 0 to 1, whose largest logit is that of their class.

    `logits` has shape (N, K); each row of `one_hot`, shape (N, K), holds a 1 at the class and 0 elsewhere. No two
    logits of a row are equal. Both arrays are left as they are.
    """
    raise NotImplementedError("runs.accuracy")


def final_accuracies(record: str) -> dict[str, float]:
    """Return the accuracy to report for each optimizer of a record: on the test samples, after its last epoch.

    `record` holds one run for each of its optimizers, of any numbers of epochs. The result maps their names, such
    as ``"momentum"``, to numbers from 0 to 1.
    """
    raise NotImplementedError("runs.accuracy")
