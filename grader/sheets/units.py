"""The activations and losses of which a sheet's network is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Unit:
    """An activation: `words` for the sheet, the open `interval` of its outputs, and its `slope` given its output."""

    words: str
    interval: tuple[float, float]
    output: Callable[[Array], Array]
    slope: Callable[[Array], Array]


@dataclass(frozen=True)
class Loss:
    """A loss: `words` for the sheet, its `value`, and its `slope` with respect to each error."""

    words: str
    value: Callable[[Array], float]
    slope: Callable[[Array], Array]


UNITS = {
    "sigmoid": Unit(
        "sigmoid, s(z) = 1 / (1 + exp(-z))", (0.0, 1.0), lambda net: 1 / (1 + np.exp(-net)), lambda out: out * (1 - out)
    ),
    "tanh": Unit("tanh", (-1.0, 1.0), np.tanh, lambda out: 1 - out**2),
    "relu": Unit(
        "rectified linear, max(0, z)",
        (0.0, np.inf),
        lambda net: np.maximum(net, 0),
        lambda out: np.where(out > 0, 1.0, 0),
    ),
    "linear": Unit("linear, z itself", (-np.inf, np.inf), lambda net: net, np.ones_like),
}
LOSSES = {
    "squared_error": Loss(
        "E = the sum of error[k]^2 over all outputs (no factor 1/2)",
        lambda error: float(np.square(error).sum()),
        lambda error: 2 * error,
    ),
    "half_squared_error": Loss(
        "E = 1/2 times the sum of error[k]^2 over all outputs",
        lambda error: float(np.square(error).sum()) / 2,
        lambda error: error,
    ),
}


def unit(network: Mapping[str, Any], layer: int) -> Unit:
    """Return the activation of a layer, counted from 1."""
    return UNITS[network["layers"][layer - 1]["activation"]]


def measure(network: Mapping[str, Any]) -> Loss:
    """Return the loss of a network."""
    return LOSSES[network["loss"]]
