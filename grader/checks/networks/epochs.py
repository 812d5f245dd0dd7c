"""Epochs of training and evaluation in this process: what a student's training loop is compared with.

Networks have batch normalisation, so that modes matter; batches have different sizes, so that means matter. Everything
is in double precision. torch is imported when something is computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.checks.asking.failing import fail
from grader.checks.asking.objects import StudentObject
from grader.checks.comparing.closeness import assert_close
from grader.checks.networks.described import Layer, Network, assert_untouched
from grader.checks.networks.training import Batches
from grader.worker.wire.tensors import tensor

if TYPE_CHECKING:
    import torch

Pair = tuple[float, float]


def tiny(seed: int) -> Network:
    """Return a fast network whose modes differ: inputs (N, 3, 2, 2), five classes."""
    random = np.random.default_rng(seed)
    values = {
        "weight": random.uniform(0.8, 1.6, 3), "bias": random.normal(size=3) * 0.3,
        "running_mean": random.normal(size=3) * 0.3, "running_var": random.uniform(0.5, 1.5, 3),
        "num_batches_tracked": np.array(7),
    }  # fmt: skip
    weights = {"weight": random.normal(size=(5, 12)), "bias": random.normal(size=5)}
    return Network(
        {
            "norm": Layer("BatchNorm2d", {"num_features": 3}, values),
            "flatten": Layer("Flatten"),
            "fc": Layer("Linear", {"in_features": 12, "out_features": 5}, weights),
        }
    )


def identity(classes: int = 5) -> Network:
    """Return a network that returns its input."""
    arguments = {"in_features": classes, "out_features": classes, "bias": False}
    return Network({"fc": Layer("Linear", arguments, {"weight": np.eye(classes)})})


def batches(seed: int, number: int = 5, size: int = 2, **how: bool) -> Batches:
    """Return batches of which the last has a single, large sample; `how` goes to `Batches`."""
    random = np.random.default_rng(seed)
    inputs = random.normal(size=(number, 3, 2, 2))
    inputs[-(number % size or size) :] *= 2
    return Batches(inputs, random.integers(0, 5, number), size, **how)


def epoch_of(model: torch.nn.Module, loader: Iterable[Any], loss: Any, optimizer: Any) -> Pair:
    """Train a model of this process for one epoch; return mean loss and accuracy."""
    totals = []
    model.train()
    for inputs, targets in loader:
        for parameter in model.parameters():
            parameter.grad = None
        outputs = model(inputs)
        value = loss(outputs, targets)
        value.backward()
        optimizer.step()
        totals.append(_totals(value, outputs, targets))
    return _means(totals)


def measured(model: torch.nn.Module, loader: Iterable[Any], loss: Any) -> Pair:
    """Return mean loss and accuracy of a model of this process in evaluation mode."""
    import torch

    model.eval()
    with torch.no_grad():
        return _means([_totals(loss(model(x), y), model(x), y) for x, y in loader])


def _totals(loss: Any, outputs: Any, targets: Any) -> tuple[float, float, int]:
    """Return a batch's loss times its size, the number of right answers, and its size."""
    right = np.asarray(outputs.detach()).argmax(axis=1) == np.asarray(targets)
    return float(loss.detach()) * len(targets), float(right.sum()), len(targets)


def _means(totals: Sequence[tuple[float, float, int]]) -> Pair:
    loss, right, count = np.sum(totals, axis=0)
    return float(loss / count), float(right / count)


def demand_pair(got: object, *, what: str) -> Sequence[Any]:
    """Return the result if it is a pair, else raise CheckFailed."""
    if not isinstance(got, tuple | list) or len(got) != 2:
        fail(f"{what} is not a pair (mean loss, accuracy)", f"got: {got!r:.200}")
    return got


def assert_pair(got: object, expected: Pair, *, what: str) -> None:
    """Fail unless the result is this pair of mean loss and accuracy."""
    __tracebackhide__ = True
    for value, right, name in zip(demand_pair(got, what=what), expected, ("mean loss", "accuracy"), strict=True):
        assert_close(value, tensor(right), what=f"the {name} of {what}")


def assert_still_the_model(before: Mapping[str, object], model: StudentObject) -> None:
    """Fail unless training left those parts of a model's state alone that it need not or may not change."""
    __tracebackhide__ = True
    after = Network.state_of(model)
    assert_untouched({**before, **{sort: after.get(sort) for sort in ("values", "gradients", "modes")}}, after)


def assert_values(values: object, right: Any) -> None:
    """Compare the present values of a model with the right ones."""
    __tracebackhide__ = True
    if not isinstance(values, dict) or values.keys() != right.keys():
        fail("the model can no longer be read")
    for name, value in right.items():
        assert_close(values[name], value, what=f"{name} of the model")
