# Fill in the bodies: each docstring says what is asked.
"""The best model: chosen by validation, kept as it was, and tested once."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import nn


def choose_run(log: str) -> tuple[dict[str, Any], int]:
    """Return the settings of the best run of a log, and the number of its best epoch, by validation accuracy.

    The log is text in JSON lines as in `sweeps`: settings, ``epoch`` and four measures (`MEASURES`). The settings are a
    dict of all that stands in the run's lines but these five. Of equal accuracies the first in the log is best.
    """
    raise NotImplementedError("selection.best")


class BestCheckpoint:
    """Keeps a model's parameters and buffers as they were when its validation accuracy was highest."""

    def __init__(self) -> None:
        """Begin with nothing kept."""
        raise NotImplementedError("selection.best")

    def update(self, model: nn.Module, validation_accuracy: float) -> None:
        """Keep what the model holds now, if its accuracy is higher than all before. Call this after each epoch.

        The model is trained further afterwards, which must not change what is kept. Of equals the first counts. The
        model itself is left as it is.
        """
        raise NotImplementedError("selection.best")

    def restore(self, model: nn.Module) -> float:
        """Give a model of the same layers what was kept, parameters and buffers; return the accuracy that it had.

        This may be asked for more than once. Nothing else of the model changes, but for its mode if you like.
        """
        raise NotImplementedError("selection.best")


def final_test(
    model: nn.Module, state: Mapping[str, torch.Tensor], images: torch.Tensor, submit: Callable[[Any], float]
) -> float:
    """Test a model with the parameters and buffers in `state`, and return its accuracy.

    `state` is what `state_dict` gave of such a model, and is left as it is. The labels of the test images, shape
    (N, …), are not here: ``submit(classes)`` takes the class that the model predicts for each, in evaluation mode, as a
    tensor of whole numbers of shape (N,), and returns the accuracy. It may be called once: the first answer counts.
    How the model is left is up to you.
    """
    raise NotImplementedError("selection.best")
