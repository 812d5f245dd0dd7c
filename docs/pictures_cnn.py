"""Trains the reference's network on the lent digits and draws docs/pictures/cnn_*.png with the reference's functions.

    python docs/pictures_cnn.py

Fifteen epochs of each of three optimizers, as the assignment asks for: half a minute on a free machine. Their record
becomes reference/epochs.jsonl, which the reference hands in.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "reference"), str(ROOT / "lent")]

import _epochs  # noqa: E402
import embedding  # noqa: E402
import features  # noqa: E402
import fifteen_epochs  # noqa: E402
import layers  # noqa: E402
import network  # noqa: E402
import pictures  # noqa: E402
import runs  # noqa: E402
from lab.protocol import conditions  # noqa: E402

SEED, EPOCHS = 1, 15
BATCHES = {"sgd": 1, "momentum": 10, "rmsprop": 10}

Arrays = dict[str, np.ndarray]
Samples = tuple[np.ndarray, np.ndarray]


def settings(optimizer: str) -> dict[str, Any]:
    stated = {"optimizer": optimizer, "learning_rate": 0.001, "batch_size": BATCHES[optimizer], "seed": SEED}
    return {**stated, **conditions()}


def parameters_after(optimizer: str, train: Samples) -> list[Arrays]:
    """Return the parameters after each epoch of a run, which is trained once more."""
    after: list[Arrays] = []
    trained = _epochs.epoch_of(settings(optimizer), train)

    def epoch(*given: Any) -> tuple[Arrays, Any]:
        parameters, memory = trained(*given)
        after.append(parameters)
        return parameters, memory

    start = network.initial_parameters(SEED)
    runs.training_run(start, epoch, lambda *_: (0.0, 0.0), train, train, EPOCHS, {"seed": SEED})
    return after


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
    record = "".join(fifteen_epochs.repeat_run(settings(optimizer), EPOCHS) for optimizer in BATCHES)
    (ROOT / "reference" / "epochs.jsonl").write_text(record, encoding="utf-8")
    train, test = _epochs.samples()
    draw(record, parameters_after("rmsprop", train), test)


if __name__ == "__main__":
    main()
