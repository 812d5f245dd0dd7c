"""Trains the reference's network on the lent digits and draws docs/pictures/cnn_*.png with the reference's functions.

    python docs/pictures_cnn.py

Fifteen epochs of each of three optimizers, as the assignment asks for: a minute or two on a free machine.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "reference"), str(ROOT / "lent")]

import digits  # noqa: E402
import embedding  # noqa: E402
import features  # noqa: E402
import layers  # noqa: E402
import network  # noqa: E402
import pictures  # noqa: E402
import runs  # noqa: E402
import training  # noqa: E402

SEED, BATCH, RATE, EPOCHS = 1, 10, 0.001, 15
# What each epoch gets besides parameters, memory, gradient, batches and learning rate.
SETTINGS = {"sgd": (), "momentum": (0.9,), "rmsprop": (0.9, 1e-8)}

Arrays = dict[str, np.ndarray]
Samples = tuple[np.ndarray, np.ndarray]


def gradient(parameters: Arrays, x: np.ndarray, one_hot: np.ndarray) -> Arrays:
    return network.network_gradient(parameters, x, one_hot, vars(layers))


def measure(parameters: Arrays, x: np.ndarray, one_hot: np.ndarray) -> tuple[float, float]:
    logits = network.network_logits(parameters, x, vars(layers))
    return layers.softmax_cross_entropy(logits, one_hot), runs.accuracy(logits, one_hot)


def run(optimizer: str, train: Samples, test: Samples) -> tuple[str, list[Arrays]]:
    """Return the record of a run, and the parameters after each epoch."""
    after: list[Arrays] = []

    def epoch(parameters: Arrays, memory: Any, order: np.ndarray) -> tuple[Arrays, Any]:
        batches = training.mini_batches(*train, order, BATCH)
        if optimizer == "sgd":
            parameters = training.sgd_epoch(parameters, gradient, batches, RATE)
        else:
            trained = training.momentum_epoch if optimizer == "momentum" else training.rmsprop_epoch
            parameters, memory = trained(parameters, memory, gradient, batches, RATE, *SETTINGS[optimizer])
        after.append(parameters)
        return parameters, memory

    settings = {"optimizer": optimizer, "learning_rate": RATE, "batch_size": BATCH, "seed": SEED}
    start = network.initial_parameters(SEED)
    return runs.training_run(start, epoch, measure, train, test, EPOCHS, settings)[1], after


def save(figure: Figure, name: str, width: float, height: float) -> None:
    figure.set_size_inches(width, height)
    figure.savefig(ROOT / "docs" / "pictures" / f"{name}.png", dpi=120)


def draw(record: str, after: list[Arrays], test: Samples) -> None:
    """Draw the errors of all runs, and the maps and the bottleneck of a network after its first and last epoch."""
    x, one_hot = test
    labels = one_hot.argmax(axis=1)
    errors = pictures.draw_errors(record)
    for axes in errors.axes:
        axes.set_ylim(0, 2.5)  # one scale, so that the optimizers can be compared
    save(errors, "cnn_errors", 10, 3.4)
    five = x[labels == 5][0, 0]
    save(pictures.draw_maps(*features.activation_maps(after[-1], five, vars(layers))), "cnn_maps", 8, 4.4)
    for number in (1, EPOCHS):
        points = embedding.embed(features.bottleneck(after[number - 1], x, vars(layers)), SEED)
        figure = pictures.draw_embedding(points, labels, f"after epoch {number}")
        save(figure, f"cnn_bottleneck_{number}", 5.4, 4.6)


def main() -> None:
    train, test = (
        digits.choose_digits(*digits.load_mnist(str(ROOT / "build" / "data"), part), per_class)
        for part, per_class in ((True, 100), (False, 10))
    )
    (ROOT / "docs" / "pictures").mkdir(exist_ok=True)
    done = {optimizer: run(optimizer, train, test) for optimizer in SETTINGS}
    record = "".join(text for text, _ in done.values())
    (ROOT / "docs" / "pictures" / "cnn_record.jsonl").write_text(record, encoding="utf-8")
    draw(record, done["rmsprop"][1], test)


if __name__ == "__main__":
    main()
