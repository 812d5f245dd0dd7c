"""What the fifteen epochs are made of, apart from the question about them: samples, measures and epochs.

A record comes from the very code that it is handed in with, whatever is right in that: so what it takes from other
questions stands here, and a mistake in those is no mistake in the record.
"""

from collections.abc import Callable, Mapping
from typing import Any

import layers
import numpy as np
from digits import choose_digits, load_mnist
from network import initial_parameters, network_gradient, network_logits
from runs import accuracy, training_run
from training import mini_batches, momentum_epoch, rmsprop_epoch, sgd_epoch

Arrays = dict[str, np.ndarray]
Samples = tuple[np.ndarray, np.ndarray]


def samples() -> tuple[Samples, Samples]:
    """Return the training and the test samples."""
    return choose_digits(*load_mnist("data", train=True), 100), choose_digits(*load_mnist("data", train=False), 10)


def measured(parameters: Arrays, x: np.ndarray, one_hot: np.ndarray) -> tuple[float, float]:
    """Return loss and accuracy."""
    logits = network_logits(parameters, x, vars(layers))
    return float(layers.softmax_cross_entropy(logits, one_hot)), accuracy(logits, one_hot)


def epoch_of(settings: Mapping[str, Any], train: Samples) -> Callable[[Arrays, Any, np.ndarray], tuple[Arrays, Any]]:
    """Return the function that trains for an epoch, as `training_run` takes it."""
    rate = settings["learning_rate"]

    def gradient(parameters: Arrays, x: np.ndarray, one_hot: np.ndarray) -> Arrays:
        return network_gradient(parameters, x, one_hot, vars(layers))

    def epoch(parameters: Arrays, memory: Any, order: np.ndarray) -> tuple[Arrays, Any]:
        batches = mini_batches(*train, order, settings["batch_size"])
        if settings["optimizer"] == "sgd":
            return sgd_epoch(parameters, gradient, batches, rate), None
        if settings["optimizer"] == "momentum":
            return momentum_epoch(parameters, memory, gradient, batches, rate, 0.9)
        return rmsprop_epoch(parameters, memory, gradient, batches, rate, 0.9, 1e-8)

    return epoch


def run(settings: Mapping[str, Any], epochs: int, train: Samples, test: Samples) -> str:
    """Return the record of a run, with the loss before its first step among the settings."""
    start = initial_parameters(settings["seed"])
    stated = {**settings, "initial_loss": measured(start, *train)[0]}
    return training_run(start, epoch_of(settings, train), measured, train, test, epochs, stated)[1]
