"""One example through a small network and back, one step of gradient descent: all that a sheet asks.

Each function returns one group of values for one layer, counted from 1. `network` is ``{"inputs": 2, "layers":
[{"units": 2, "activation": "sigmoid", "biases": True}, …], "loss": "squared_error"}``. `values` holds what is known
by now: ``x`` (inputs), ``t`` (targets), ``eta``, and for layer l ``W{l}`` of shape (units, units below), ``b{l}``
(zeros where a layer has none), ``net{l}``, ``out{l}``, ``error``, ``delta{l}``, ``dW{l}``, ``db{l}``.
Rumelhart, Hinton and Williams (1986), Learning representations by back-propagating errors.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.sheets.units import measure, unit

Network = dict[str, Any]
Array = NDArray[np.float64]
Values = dict[str, Array]


def net_inputs(network: Network, values: Values, layer: int) -> Array:
    """Return the weighted sum of what comes in and the bias, shape (units,)."""
    weighted: Array = values[f"W{layer}"] @ _below(values, layer)
    return weighted + values[f"b{layer}"]


def outputs(network: Network, values: Values, layer: int) -> Array:
    """Return the activation of each net input, shape (units,)."""
    return unit(network, layer).output(values[f"net{layer}"])


def errors(network: Network, values: Values, layer: int) -> Array:
    """Return output minus target, shape (outputs,)."""
    return values[f"out{layer}"] - values["t"]


def loss(network: Network, values: Values, layer: int) -> float:
    """Return the loss E."""
    return measure(network).value(values["error"])


def deltas(network: Network, values: Values, layer: int) -> Array:
    """Return the derivative of E by each net input of the layer, shape (units,)."""
    if layer < len(network["layers"]):
        by_output: Array = values[f"delta{layer + 1}"] @ values[f"W{layer + 1}"]
    else:
        by_output = measure(network).slope(values["error"])
    return by_output * slopes(network, values, layer)


def slopes(network: Network, values: Values, layer: int) -> Array:
    """Return the derivative of each output of the layer by its net input, shape (units,)."""
    return unit(network, layer).slope(values[f"out{layer}"])


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
