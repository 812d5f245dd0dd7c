"""One example through a small network and back, one step of gradient descent: all that a sheet asks.

Each function returns one group of values for one layer, counted from 1. `network` is ``{"inputs": 2, "layers":
[{"units": 2, "activation": "sigmoid", "biases": True}, …], "loss": "squared_error"}``. `values` holds what is known
by now: ``x`` (inputs), ``t`` (targets), ``eta``, and for layer l ``W{l}`` of shape (units, units below), ``b{l}``,
``net{l}``, ``out{l}``, ``error``, ``delta{l}``, ``dW{l}``, ``db{l}``.
Rumelhart, Hinton and Williams (1986), Learning representations by back-propagating errors.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Network = dict[str, Any]
Array = NDArray[np.float64]
Values = dict[str, Array]


def net_inputs(network: Network, values: Values, layer: int) -> Array:
    """Return the weighted sum of what comes in and the bias, shape (units,)."""
    weighted: Array = values[f"W{layer}"] @ _below(values, layer)
    return weighted + values.get(f"b{layer}", 0.0)


def outputs(network: Network, values: Values, layer: int) -> Array:
    """Return the activation of each net input, shape (units,)."""
    net = values[f"net{layer}"]
    kind = network["layers"][layer - 1]["activation"]
    if kind == "sigmoid":
        return 1 / (1 + np.exp(-net))
    if kind == "tanh":
        return np.tanh(net)
    return np.maximum(net, 0.0) if kind == "relu" else net


def errors(network: Network, values: Values, layer: int) -> Array:
    """Return output minus target, shape (outputs,)."""
    return values[f"out{layer}"] - values["t"]


def loss(network: Network, values: Values, layer: int) -> float:
    """Return E, the sum of the squares of the errors, or half of it."""
    total = float(np.square(values["error"]).sum())
    return total / 2 if network["loss"] == "half_squared_error" else total


def deltas(network: Network, values: Values, layer: int) -> Array:
    """Return the derivative of E by each net input of the layer, shape (units,)."""
    if layer < len(network["layers"]):
        by_output: Array = values[f"delta{layer + 1}"] @ values[f"W{layer + 1}"]
    else:
        by_output = values["error"] * (1.0 if network["loss"] == "half_squared_error" else 2.0)
    return by_output * slopes(network, values, layer)


def slopes(network: Network, values: Values, layer: int) -> Array:
    """Return the derivative of each output of the layer by its net input, shape (units,)."""
    out = values[f"out{layer}"]
    kind = network["layers"][layer - 1]["activation"]
    if kind == "sigmoid":
        return out * (1 - out)
    if kind == "tanh":
        return 1 - out**2
    return np.where(values[f"net{layer}"] > 0, 1.0, 0.0) if kind == "relu" else np.ones_like(out)


def weight_gradients(network: Network, values: Values, layer: int) -> Array:
    """Return the derivative of E by each weight, shape (units, units below)."""
    return np.outer(values[f"delta{layer}"], _below(values, layer))


def bias_gradients(network: Network, values: Values, layer: int) -> Array:
    """Return the derivative of E by each bias, shape (units,)."""
    return values[f"delta{layer}"]


def updated_weights(network: Network, values: Values, layer: int) -> Array:
    """Return the weights after one step of gradient descent, shape (units, units below)."""
    return values[f"W{layer}"] - values["eta"] * values[f"dW{layer}"]


def updated_biases(network: Network, values: Values, layer: int) -> Array:
    """Return the biases after one step of gradient descent, shape (units,)."""
    return values[f"b{layer}"] - values["eta"] * values[f"db{layer}"]


def _below(values: Values, layer: int) -> Array:
    return values["x"] if layer == 1 else values[f"out{layer - 1}"]
