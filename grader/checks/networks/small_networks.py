"""Small networks for checks of functions that modify networks: one for each way of writing a ReLU."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.networks.described import Layer, Network, Step

CHANNELS, WIDTH, CLASSES = 3, 8, 5

Children = dict[str, Layer | Network]


def small_network(style: str, seed: int = 0) -> Network:
    """Return a classifier of images (N, 3, H, W) into 5 classes with weights drawn by `seed`, in double precision.

    H and W are 6 or more. Batch normalisation makes its answers differ between training and evaluation. `style` is a
    key of `STYLES`: ``modules`` has a ReLU module at each place, ``in_place`` the same in place, ``reused`` one module
    at all places, ``functional`` the function and no module; ``relu6`` has ReLU6 modules with inputs above 6;
    ``residual`` has blocks with a skip connection, ``preactivated`` such blocks that begin with a ReLU, ``classifier``
    also has a ReLU and a normalisation among the dense layers, and ``linear`` has no ReLU.
    """
    children, steps = STYLES[style](np.random.default_rng(seed))
    return Network(children, steps, code=f"small_network({style!r}, {seed})")


def wide_network(seed: int = 0, *, channels: int = 5, maps: int = 70, classes: int = 14) -> Network:
    """Return a classifier of images (N, channels, H, W) with weights drawn by `seed`, in double precision.

    It has more channels, feature maps and classes than `small_network`, and one kernel for each pixel: ``conv``,
    ``relu``, ``pool`` and ``fc``, of which the last makes scores of the averages. H and W are 1 or more.
    """
    random = np.random.default_rng(seed)
    kernels = {"weight": random.normal(size=(maps, channels, 1, 1)), "bias": random.normal(size=maps)}
    dense = {"weight": random.normal(size=(classes, maps)), "bias": random.normal(size=classes)}
    children: Children = {
        "conv": Layer("Conv2d", {"in_channels": channels, "out_channels": maps, "kernel_size": 1}, kernels),
        "relu": _relu(),
        "pool": Layer("AdaptiveAvgPool2d", {"output_size": 1}),
        "flatten": Layer("Flatten"),
        "fc": Layer("Linear", {"in_features": maps, "out_features": classes}, dense),
    }
    return Network(children, code=f"wide_network({seed})")


def _convolution(random: np.random.Generator, inputs: int) -> Layer:
    weight = random.normal(size=(WIDTH, inputs, 3, 3)) * (2 / (9 * inputs)) ** 0.5
    arguments = {"in_channels": inputs, "out_channels": WIDTH, "kernel_size": 3, "padding": 1}
    return Layer("Conv2d", arguments, {"weight": weight, "bias": random.normal(size=WIDTH) * 0.1})


def _normalisation(random: np.random.Generator, gain: float = 1.0, kind: str = "BatchNorm2d") -> Layer:
    weights: dict[str, NDArray[Any]] = {
        "weight": gain * random.uniform(0.8, 1.6, WIDTH), "bias": random.normal(size=WIDTH) * 0.3,
        "running_mean": random.normal(size=WIDTH) * 0.3, "running_var": random.uniform(0.5, 1.5, WIDTH),
        "num_batches_tracked": np.array(7),
    }  # fmt: skip
    return Layer(kind, {"num_features": WIDTH}, weights)


def _dense(random: np.random.Generator, outputs: int) -> Layer:
    weights = {"weight": random.normal(size=(outputs, WIDTH)), "bias": random.normal(size=outputs)}
    return Layer("Linear", {"in_features": WIDTH, "out_features": outputs}, weights)


def _features(random: np.random.Generator, gain: float = 1.0) -> Children:
    """Return three convolutions, each with its normalisation."""
    children: Children = {}
    for number in (1, 2, 3):
        children[f"conv{number}"] = _convolution(random, CHANNELS if number == 1 else WIDTH)
        children[f"norm{number}"] = _normalisation(random, gain)
    return children


def _head(random: np.random.Generator) -> Children:
    return {
        "pool": Layer("AdaptiveAvgPool2d", {"output_size": 1}),
        "flatten": Layer("Flatten"),
        "fc": _dense(random, CLASSES),
    }


def _rectified(relu: Layer | None, random: np.random.Generator, gain: float = 1.0) -> tuple[Children, None]:
    """Return a chain with the layer `relu` after each normalisation, and a pooling before the last convolution."""
    children: Children = {}
    for name, layer in _features(random, gain).items():
        if name == "conv3":
            children["shrink"] = Layer("MaxPool2d", {"kernel_size": 2})
        children[name] = layer
        if relu is not None and name.startswith("norm"):
            children[f"relu{name[-1]}"] = relu
    return {**children, **_head(random)}, None


def _of_one_relu(relu: str, random: np.random.Generator) -> tuple[Children, tuple[Step, ...]]:
    """Return the same chain with each ReLU a call of `relu`: the name of a function, or of the only such module."""
    module: Children = {"rectify": Layer("ReLU")} if relu == "rectify" else {}
    shrink: Children = {"shrink": Layer("MaxPool2d", {"kernel_size": 2})}
    features, head = _features(random), _head(random)
    names = ["conv1", "norm1", relu, "conv2", "norm2", relu, *shrink, "conv3", "norm3", relu, *head]
    return {**features, **module, **shrink, **head}, _in_a_row(names)


def _residual(random: np.random.Generator) -> tuple[Children, None]:
    stem: Children = {"conv": _convolution(random, CHANNELS), "norm": _normalisation(random), "relu": _relu()}
    layers: Children = {name: _block(random) for name in ("layer1", "layer2")}
    return {**stem, **layers, **_head(random)}, None


def _block(random: np.random.Generator) -> Network:
    """Return a block as in ResNet: one in-place ReLU, called before the second convolution and after the sum."""
    children: Children = {
        "conv1": _convolution(random, WIDTH), "norm1": _normalisation(random), "relu": _relu(in_place=True),
        "conv2": _convolution(random, WIDTH), "norm2": _normalisation(random),
    }  # fmt: skip
    names = ("conv1", "norm1", "relu", "conv2", "norm2")
    return Network(children, (*_in_a_row(names), ("add", (5, 0)), ("relu", (6,))))


def _preactivated(random: np.random.Generator) -> tuple[Children, None]:
    stem: Children = {"conv": _convolution(random, CHANNELS), "norm": _normalisation(random)}
    layers: Children = {name: _preactivated_block(random) for name in ("layer1", "layer2")}
    return {**stem, **layers, **_head(random)}, None


def _preactivated_block(random: np.random.Generator) -> Network:
    """Return a block whose first ReLU has the input that is also added to its result."""
    children: Children = {
        "relu": _relu(), "conv1": _convolution(random, WIDTH), "norm1": _normalisation(random),
        "conv2": _convolution(random, WIDTH),
    }  # fmt: skip
    return Network(children, (*_in_a_row(("relu", "conv1", "norm1", "relu", "conv2")), ("add", (5, 0))))


def _classifier(random: np.random.Generator) -> tuple[Children, None]:
    children, _ = _rectified(_relu(), random)
    norm = _normalisation(random, kind="BatchNorm1d")
    dense: Children = {"norm4": norm, "fc1": _dense(random, WIDTH), "relu4": _relu(), "fc2": _dense(random, CLASSES)}
    return {**{name: layer for name, layer in children.items() if name != "fc"}, **dense}, None


def _relu(*, in_place: bool = False) -> Layer:
    return Layer("ReLU", {"inplace": in_place})


def _in_a_row(names: list[str] | tuple[str, ...]) -> tuple[Step, ...]:
    return tuple((name, (place,)) for place, name in enumerate(names))


STYLES: dict[str, Callable[[np.random.Generator], tuple[Children, tuple[Step, ...] | None]]] = {
    "modules": lambda random: _rectified(_relu(), random),
    "in_place": lambda random: _rectified(_relu(in_place=True), random),
    "reused": lambda random: _of_one_relu("rectify", random),
    "functional": lambda random: _of_one_relu("relu", random),
    "relu6": lambda random: _rectified(Layer("ReLU6"), random, 6.0),
    "residual": _residual,
    "preactivated": _preactivated,
    "classifier": _classifier,
    "linear": lambda random: _rectified(None, random),
}
