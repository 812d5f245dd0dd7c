"""What checks hand to students' functions to train with, and weights for models of the students' own.

Nothing here imports torch until something is made in this process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.checks.closeness import plain
from grader.checks.failing import fail
from grader.checks.networks import Network
from grader.checks.submission import StudentObject, Submission
from grader.worker.tensors import Tensor, tensor

# What is nothing beside gradients of numbers of about 1, in double precision.
TINY = 1e-12


@dataclass(frozen=True)
class Made:
    """An optimizer, a scheduler or a loss of torch's: the name of its class, and the class's arguments."""

    kind: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def on(self, submission: Submission, *first: object) -> Any:
        """Return it on the student's side; `first` is the model of an optimizer, the optimizer of a scheduler."""
        __tracebackhide__ = True
        return submission.engine_work("make")(self.kind, dict(self.arguments), *first)

    def here(self, *first: object) -> Any:
        """Return it in this process, for the check's own answer."""
        from grader.worker.training import make

        return make(self.kind, self.arguments, *first)


@dataclass(frozen=True)
class Batches:
    """A DataLoader of inputs and targets in their order; the last batch may be short.

    With `elsewhere` its batches are as if on another device than the model, until they are moved.
    """

    inputs: Any
    targets: Any
    size: int
    elsewhere: bool = False

    def on(self, submission: Submission) -> Any:
        """Return the loader on the student's side."""
        __tracebackhide__ = True
        return self._made().on(submission, *self._tensors())

    def here(self) -> Any:
        """Return the loader in this process."""
        import torch

        return self._made().here(*(torch.from_numpy(each.array.copy()) for each in self._tensors()))

    def _made(self) -> Made:
        return Made("DataLoader", {"batch_size": self.size, "elsewhere": self.elsewhere})

    def _tensors(self) -> tuple[Tensor, Tensor]:
        return tensor(plain(self.inputs)), tensor(plain(self.targets))


def student_object(got: object, *, what: str) -> StudentObject:
    """Return what came back, if it is an object that stayed with the student's code; CheckFailed else."""
    if not isinstance(got, StudentObject):
        fail(f"{what} is {'None: nothing was returned' if got is None else f'a {type(got).__name__}'}")
    return got


def give_weights(model: StudentObject, network: Network, *, what: str) -> None:
    """Give a student's model the weights of a network of the same layers, by their kinds, shapes and order.

    Fails where the layers do not correspond; names, and a bias before batch normalisation, do not matter.
    """
    __tracebackhide__ = True
    wrong = model.seen_by("adopt", network)
    if wrong != "":
        fail(f"{what} is not made of the layers that are asked for", f"{wrong!s:.300}")


def scatter(model: StudentObject, seed: int | None) -> None:
    """Give all parameters of a student's model numbers between 0.3 and 1 of either sign; with None, zeros."""
    __tracebackhide__ = True
    model.seen_by("scatter", seed)


def assert_all_learn(model: StudentObject, inputs: Tensor, weights: Tensor, *, what: str) -> None:
    """Fail unless a weighted sum of the outputs depends on each of the model's parameters."""
    __tracebackhide__ = True
    found = model.seen_by("gradients", inputs, weights)
    if not isinstance(found, dict) or not found:
        fail(f"{what} has no parameters")
    for name, gradient in found.items():
        if gradient is None or not np.any(np.abs(plain(gradient)) > TINY):
            fail(f"a parameter of {what} gets no gradient: the scores do not depend on it", f"it is {name!r:.100}")


def seen(model: StudentObject) -> list[tuple[bool, bool, int, float]]:
    """Return what the ``Watch`` layers of a model noted of each call since they were asked last.

    Of each: whether in training mode, whether gradients were on, the number of samples, the mean of the input.
    """
    __tracebackhide__ = True
    noted = model.seen_by("seen")
    if not isinstance(noted, list) or not all(isinstance(each, list) and len(each) == 4 for each in noted):
        fail("the model's layers cannot be read any more")
    return [tuple(each) for each in noted]
