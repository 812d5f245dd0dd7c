"""Models built from a description that is data, and the observable state of a model.

A description is ``[kind, arguments, weights]`` for a layer of `LAYERS`, ``["Sequential", [[name, child], ...]]``, or
``["Graph", [[name, child], ...], [[called, inputs], ...]]``. A graph's steps call a child, or one of `OPERATIONS`, with
earlier results: 0 is the graph's input, k the result of step k; the last is its output. So a child may be called twice,
or never.

This module, `training` and `lending`, which import torch, are imported only for questions that allow it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import torch
from torch import nn
from torch.nn import functional

Modules = dict[str, type[nn.Module]]
Operations = dict[str, Callable[..., torch.Tensor]]


class Watch(nn.Module):
    """Returns its input, and notes for each call: mode, whether gradients are on, number of samples, their mean."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[list[Any]] = []

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the input."""
        noted = [self.training, torch.is_grad_enabled(), len(x), float(x.detach().double().mean())]
        self.noted = [*self.noted, noted][-NOTED:]
        return x


NOTED = 1000
# Represents all modules at once where hooks are counted by a module's name.
EVERY_MODULE = "(every module)"
LAYERS: Modules = {
    layer.__name__: layer
    for layer in (
        nn.AdaptiveAvgPool2d, nn.AvgPool2d, nn.BatchNorm1d, nn.BatchNorm2d, nn.Conv2d, nn.Dropout, nn.Flatten,
        nn.InstanceNorm2d, nn.Linear, nn.MaxPool2d, nn.ReLU, nn.ReLU6, Watch,
    )
}  # fmt: skip
OPERATIONS: Operations = {
    "add": torch.add,
    "relu": functional.relu,
    "relu6": functional.relu6,
    "flatten": partial(torch.flatten, start_dim=1),
}


class Graph(nn.Module):
    """Children called in the order of `steps`, looked up by name at each call, as in code written by hand."""

    def __init__(
        self, children: Sequence[tuple[str, nn.Module]], steps: Sequence[Any], operations: Operations = OPERATIONS
    ) -> None:
        super().__init__()
        for name, child in children:
            self.add_module(name, child)
        self._steps = [(called, tuple(inputs)) for called, inputs in steps]
        self._operations = {**operations, "twice_in_training": self._twice_in_training}

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the result of the last step."""
        results = [x]
        for called, inputs in self._steps:
            function = self._modules.get(called) or self._operations[called]
            results.append(function(*(results[place] for place in inputs)))
        return results[-1]

    def _twice_in_training(self, x: torch.Tensor) -> torch.Tensor:
        """Return what depends on the network's own mode, and on none of its layers'."""
        return 2 * x if self.training else x


def build(description: Any, instead: Operations | None = None) -> nn.Module:
    """Return the module that `description` describes, in training mode, like any new one.

    `instead` maps names of layers and operations to functions to call in their place: e.g. ReLU with another gradient.
    The global random numbers are not affected.
    """
    instead = instead or {}
    kind, *parts = description
    if kind == "Sequential":
        return nn.Sequential(OrderedDict((name, build(child, instead)) for name, child in parts[0]))
    if kind == "Graph":
        children = [(name, build(child, instead)) for name, child in parts[0]]
        return Graph(children, parts[1], {**OPERATIONS, **instead})
    if kind in instead:
        return _Called(instead[kind])
    arguments, weights = parts
    with torch.random.fork_rng(devices=[]):
        layer = LAYERS[kind](**arguments)
    layer.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in weights.items()}, assign=True)
    return layer


class _Called(nn.Module):
    """A function as a module."""

    def __init__(self, function: Callable[..., torch.Tensor]) -> None:
        super().__init__()
        self._function = function

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self._function(x)


def state(model: nn.Module) -> dict[str, Any]:
    """Return what a function that borrows a model must leave unchanged, by sort and by name.

    ``values`` of parameters and buffers, ``gradients``, which of them are ``trainable``, the ``modes`` of all modules,
    how many ``hooks`` each has, and their ``layers`` as torch prints them.
    """
    modules, parameters = dict(model.named_modules()), dict(model.named_parameters())
    return {
        "values": {name: value.detach().clone() for name, value in model.state_dict().items()},
        "gradients": {name: each.grad for name, each in parameters.items()},
        "trainable": {name: each.requires_grad for name, each in parameters.items()},
        "modes": {name: each.training for name, each in modules.items()},
        "hooks": {name: _hooks(each) for name, each in modules.items()} | {EVERY_MODULE: _hooks(nn.modules.module)},
        "layers": {name: str(each) for name, each in modules.items()},
    }


def put_in_use(model: nn.Module, training: bool) -> None:
    """Bring a model into the midst of its work, where what holds for one part of it does not hold for all.

    It is in training mode or not, as said, and every second of its modules the other way. With `training` every second
    parameter is frozen, without it all of them. All have a gradient already, and each module a hook that does nothing.
    """
    for number, module in enumerate(model.modules()):
        module.training = training ^ bool(number % 2)
    add_hooks(model)
    for number, parameter in enumerate(model.parameters()):
        parameter.grad = torch.full_like(parameter, 0.5 + number)
        parameter.requires_grad = training and number % 2 == 0


def add_hooks(model: nn.Module) -> None:
    """Give each module a hook that does nothing, as where somebody looks into a model."""
    for module in model.modules():
        module.register_forward_hook(lambda module, inputs, output: None)


def slope(model: nn.Module, inputs: torch.Tensor, weights: torch.Tensor) -> torch.Tensor | None:
    """Return the gradient of the weighted sum of a model's outputs by its inputs; None where it does not get there."""
    given = inputs.detach().clone().requires_grad_()
    found: torch.Tensor | None
    with torch.enable_grad():
        outputs = (model(given.clone()) * weights).sum()  # which may work in place
        (found,) = torch.autograd.grad(outputs, given, allow_unused=True) if outputs.requires_grad else (None,)
    return found


def _hooks(module: object) -> int:
    """Return how many hooks a module has; for torch's own file of modules, how many there are for all of them."""
    return sum(len(table) for name, table in vars(module).items() if name.endswith("_hooks"))
