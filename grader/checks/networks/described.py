"""Networks that checks pass to students' functions: described here as data, built on the student's side.

Nothing here imports torch until a network is built in this process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.asking.code import Coded, call_code
from grader.checks.asking.failing import fail
from grader.checks.asking.objects import Described, StudentObject
from grader.checks.asking.submission import Submission
from grader.checks.comparing.alike import alike
from grader.checks.comparing.closeness import assert_close, tensor_numbers
from grader.checks.comparing.wording import told
from grader.worker.wire.tensors import Tensor, tensor

if TYPE_CHECKING:
    import torch

Step = tuple[str, tuple[int, ...]]
KEPT = {
    "values": "the values of its parameters or buffers",
    "gradients": "the .grad of its parameters",
    "trainable": "the requires_grad of its parameters",
    "modes": "which of its modules are in training mode",
    "hooks": "the hooks of its modules",
    "layers": "its layers or their settings",
}


@dataclass(frozen=True, eq=False)
class Layer(Coded):
    """One layer: the name of its class in ``torch.nn``, the class's arguments, and its state by name."""

    kind: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    weights: Mapping[str, NDArray[Any]] = field(default_factory=dict)

    def as_data(self) -> list[Any]:
        """Return the description that crosses to the student's side."""
        return [self.kind, dict(self.arguments), dict(self.weights)]

    def _code(self) -> str:
        given = [self.kind, dict(self.arguments), dict(self.weights)]
        return call_code("Layer", given[: 3 if self.weights else 2 if self.arguments else 1], {})


@dataclass(frozen=True, eq=False)
class Network(Described, Coded):
    """Layers and networks by name, called one after the other, or as `steps` say.

    A step names a child, or ``add``, ``relu``, ``relu6`` or ``flatten`` for the function of that name, or
    ``twice_in_training`` for what depends on the network's own mode, and the results that it is called with: 0 is the
    network's input, k the result of step k. The last result is the output. A child may be called more than once. `code`
    is a short Python expression for this network; without it, the whole network is written out for people who
    investigate a failure.
    """

    children: Mapping[str, Layer | Network]
    steps: tuple[Step, ...] | None = None
    code: str = ""

    def __repr__(self) -> str:
        return self._code()

    def _code(self) -> str:
        steps = [] if self.steps is None else [self.steps]
        return self.code or call_code("Network", [dict(self.children), *steps], {})

    def as_data(self) -> list[Any]:
        """Return the description that crosses to the student's side, see ``grader.worker.running.models``."""
        children = [[name, child.as_data()] for name, child in self.children.items()]
        if self.steps is None:
            return ["Sequential", children]
        return ["Graph", children, [[called, list(inputs)] for called, inputs in self.steps]]

    def module(self, instead: Mapping[str, Callable[..., torch.Tensor]] | None = None) -> torch.nn.Module:
        """Return the network as a module of this process, in training mode: for the check's own answer.

        `instead` maps names of layers and operations, such as ReLU and relu, to functions to call in their place.
        """
        from grader.worker.running.models import build

        return build(self.as_data(), dict(instead or {}))

    def on(self, submission: Submission) -> Any:
        """Return the network as a module on the student's side, in training mode."""
        __tracebackhide__ = True
        return submission.engine_work("build")(self)

    def in_use_on(self, submission: Submission, *, training: bool) -> Any:
        """Return it on the student's side while in use, see ``grader.worker.running.models.put_in_use``."""
        __tracebackhide__ = True
        model = self.on(submission)
        model.seen_by("put_in_use", training)
        return model

    @staticmethod
    def state_of(model: StudentObject) -> dict[str, Any]:
        """Return the observable state of a model on the student's side, see ``grader.worker.running.models.state``."""
        __tracebackhide__ = True
        seen: dict[str, Any] = model.seen_by("state")
        return seen


def assert_untouched(before: Mapping[str, Any], after: object) -> None:
    """Fail, saying what changed, unless a model's state after a call is the same as before."""
    if not isinstance(after, dict) or after.keys() != before.keys():
        fail("the model's state can no longer be read")
    for sort, words in KEPT.items():
        if not alike(before[sort], after[sort]):
            fail(f"the model is not left as it was: {words} changed", _change(before[sort], after[sort]))


def in_other_modes(function: Callable[..., Any], model: StudentObject, *more: object, training: bool) -> Any:
    """Return the answer of another call for the same model, all of whose modules have been put into one mode since.

    Fails unless that call too leaves the model as it was.
    """
    __tracebackhide__ = True
    model.train(training)
    before = Network.state_of(model)
    got = function(model, *more)
    assert_untouched(before, Network.state_of(model))
    return got


def slope_of(model: StudentObject, inputs: Tensor, weights: Tensor, *, what: str) -> NDArray[Any]:
    """Return the gradient of the weighted sum of a model's outputs with respect to its inputs, of their shape.

    Fails if the outputs do not depend on the inputs in PyTorch's graph.
    """
    __tracebackhide__ = True
    found = model.seen_by("slope", inputs, weights)
    if found is None:
        fail(f"no gradient flows through {what} to its input")
    return tensor_numbers(found, what=f"the gradient through {what}")


def assert_repeated(first: object, again: object, other: object, *, shape: tuple[int, ...], what: str) -> None:
    """Fail unless a second call gave the same answer as the first, right or wrong, and another model a different one.

    For checks of what a call leaves behind: a wrong answer is another check's concern, and one without work does not
    count.
    """
    __tracebackhide__ = True
    given = tensor_numbers(first, what=what)
    if given.shape != shape:
        fail(f"{told(what, 'has')} the wrong shape", f"expected {shape}, got {given.shape}")
    if not np.isfinite(given).all():
        fail(f"{told(what, 'has')} nan or infinity in it")
    assert_close(again, tensor(given), what=f"{what} when called again")
    elsewhere = tensor_numbers(other, what=what)
    if np.ptp(given) == 0 or (elsewhere.shape == given.shape and np.allclose(elsewhere, given)):
        fail(f"{told(what, 'does')} not depend on the model")


def _change(before: Mapping[str, object], after: object) -> str:
    now = after if isinstance(after, dict) else {}
    changed = [name for name, value in before.items() if name not in now or not alike(value, now[name])]
    changed += [name for name in now if name not in before]
    return f"changed: {', '.join(repr(str(name)) for name in changed[:10])}"
