"""What checks pass to students' functions for training, and weights for the students' own models.

Nothing here imports torch until something is created in this process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.checks.asking.failing import fail
from grader.checks.asking.objects import StudentObject
from grader.checks.asking.submission import Submission
from grader.checks.comparing.closeness import assert_close, plain, tensor_numbers
from grader.checks.networks.described import Network, assert_untouched
from grader.worker.wire.tensors import Tensor, tensor

# In double precision, negligible compared with gradients of numbers of about 1.
TINY = 1e-12
# Relative to the largest number: more than the rounding error of a sum of a few thousand numbers.
BENT = 1e-9


@dataclass(frozen=True)
class Made:
    """An optimizer, a scheduler or a loss of torch: the name of its class, and the class's arguments."""

    kind: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def on(self, submission: Submission, *first: object) -> Any:
        """Return it on the student's side; `first` is the model of an optimizer, the optimizer of a scheduler."""
        __tracebackhide__ = True
        return submission.engine_work("make")(self.kind, dict(self.arguments), *first)

    def here(self, *first: object) -> Any:
        """Return it in this process, for the check's own answer."""
        from grader.worker.running.training import make

        return make(self.kind, self.arguments, *first)


@dataclass(frozen=True)
class Batches:
    """A DataLoader of inputs and targets in their order; the last batch may be short.

    With `elsewhere` its batches behave as if on another device than the model, until they are moved. With `turning`
    only the first pass has that order, and the next one begins with another batch, as if samples were shuffled. With
    `listed` it is not a DataLoader but a list of batches, with `unsized` something that can be iterated over and has no
    length. With `drop_last` a short last batch is omitted.
    """

    inputs: Any
    targets: Any
    size: int
    elsewhere: bool = False
    turning: bool = False
    listed: bool = False
    drop_last: bool = False
    unsized: bool = False

    def on(self, submission: Submission) -> Any:
        """Return the loader on the student's side."""
        __tracebackhide__ = True
        return self._made().on(submission, *self._tensors())

    def here(self) -> Any:
        """Return the loader in this process."""
        import torch

        return self._made().here(*(torch.from_numpy(each.array.copy()) for each in self._tensors()))

    def _made(self) -> Made:
        switches = {name: getattr(self, name) for name in ("elsewhere", "turning", "listed", "drop_last", "unsized")}
        settings = {"batch_size": self.size, **switches}
        return Made("DataLoader", {name: value for name, value in settings.items() if value})

    def _tensors(self) -> tuple[Tensor, Tensor]:
        return tensor(plain(self.inputs)), tensor(plain(self.targets))


def student_object(got: object, *, what: str) -> StudentObject:
    """Return the result if it is an object that stayed with the student's code, else raise CheckFailed."""
    if not isinstance(got, StudentObject):
        fail(f"{what} is {'None: nothing was returned' if got is None else f'a {type(got).__name__}'}")
    return got


def give_weights(model: StudentObject, network: Network, *, what: str) -> None:
    """Give a student's model the weights of a network with the same layers, by their kinds, shapes and order.

    Fails if the layers do not correspond; names, and a bias before batch normalisation, do not matter.
    """
    __tracebackhide__ = True
    wrong = model.seen_by("adopt", network)
    if wrong != "":
        fail(f"{what} does not consist of the required layers", f"{wrong!s:.300}")


def scatter(model: StudentObject, seed: int | None) -> None:
    """Set all parameters of a student's model to numbers between 0.3 and 1 of either sign; with None, to zeros."""
    __tracebackhide__ = True
    model.seen_by("scatter", seed)


def leave_gradients(model: StudentObject, seed: int) -> None:
    """Leave numbers in the ``.grad`` of a model's parameters, as an earlier backward pass does."""
    __tracebackhide__ = True
    model.seen_by("leave_gradients", seed)


def assert_pass_leaves(
    model: StudentObject, inputs: Tensor, *, what: str, modes: Sequence[bool] = (True, False)
) -> None:
    """Fail unless a forward pass leaves a model unchanged, and another one gives the same result.

    `modes` are the modes to try: True for training mode, in which normalisation may change its running statistics.
    """
    __tracebackhide__ = True
    leave_gradients(model, 1)
    for training in modes:
        model.train(training)
        before = Network.state_of(model)
        first, again = (tensor_numbers(model(inputs), what=f"the result of {what}") for _ in range(2))
        after = Network.state_of(model)
        assert_untouched({**before, "values": after.get("values")} if training else before, after)
        mode = "training" if training else "evaluation"
        assert_close(again, first, what=f"the result of {what} in {mode} mode when it is called again")


def seed_torch(submission: Submission, seed: int) -> None:
    """Seed PyTorch's global random numbers on the student's side."""
    __tracebackhide__ = True
    submission.engine_work("seed_torch")(seed)


def assert_all_learn(model: StudentObject, inputs: Tensor, weights: Tensor, *, what: str) -> None:
    """Fail unless a weighted sum of the outputs depends on each of the model's parameters."""
    __tracebackhide__ = True
    for name, gradient in gradients(model, inputs, weights, what=what).items():
        if gradient is None or not np.any(np.abs(plain(gradient)) > TINY):
            fail(f"a parameter of {what} gets no gradient: the scores do not depend on it", f"it is {name!r:.100}")


def gradients(model: StudentObject, inputs: Tensor, weights: Tensor, *, what: str) -> dict[str, Any]:
    """Return the gradient of a weighted sum of a model's outputs for each parameter, None where none arrives."""
    __tracebackhide__ = True
    found = model.seen_by("gradients", inputs, weights)
    if not isinstance(found, dict) or not found:
        fail(f"{what} has no parameters")
    return found


def seen(model: StudentObject) -> list[tuple[bool, bool, int, float]]:
    """Return what the ``Watch`` layers of a model noted of each call since they were last read.

    For each call: whether in training mode, whether gradients were on, the number of samples, the mean of the input.
    """
    __tracebackhide__ = True
    noted = model.seen_by("seen")
    if not isinstance(noted, list) or not all(isinstance(each, list) and len(each) == 4 for each in noted):
        fail("the model's layers can no longer be read")
    return [tuple(each) for each in noted]


def assert_bends(block: StudentObject, channels: int, seed: int) -> None:
    """Fail unless a residual block has a ReLU between its convolutions, whatever others it has.

    Pixels are so far from 0, and all of one sign, that a ReLU before the first convolution is linear there, after any
    normalisation; one after the second is where the block adds something positive. A function that is linear between
    two images has, half-way, the mean of its values at both.
    """
    __tracebackhide__ = True
    block.double()
    block.eval()
    scatter(block, seed)
    for sign in (1, -1):  # normalisation may make a ReLU give 0 everywhere for one of the two
        one, other = (
            sign * 20 * np.exp(3 * np.random.default_rng([seed, k]).random((4, channels, 7, 8))) for k in (0, 1)
        )
        images = one, other, (one + other) / 2
        results = [tensor_numbers(block(tensor(each)), what="the result") for each in images]
        if any(result.shape != one.shape or not np.isfinite(result).all() for result in results):
            fail("the result of a block has the wrong shape, or is not finite", f"expected the shape {one.shape}")
        added = np.all([got > image.clip(0) for image, got in zip(images, results, strict=True)], axis=0)
        bend = np.abs(results[0] + results[1] - 2 * results[2])[added]
        if (bend > BENT * np.abs(results).max()).any():
            return
    fail("there is no ReLU between the two convolutions")
