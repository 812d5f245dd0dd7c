"""A small convolutional network for images of 28×28 pixels and ten classes: its parameters, outputs and gradients.

The network, with the shapes of what passes through for a batch of N images:

    x (N, 1, 28, 28) → convolution 1 → ReLU (N, 4, 28, 28) → pooling (N, 4, 14, 14)
                     → convolution 2 → ReLU (N, 4, 14, 14) → pooling (N, 4, 7, 7) → flattening (N, 196)
                     → linear 3 → ReLU (N, 49) → linear 4 → logits (N, 10)

Conventions of this module:

- Parameters are a dict of arrays: w1 (4, 1, 5, 5), b1 (4,), w2 (4, 4, 5, 5), b2 (4,), w3 (49, 196), b3 (49,),
  w4 (10, 49), b4 (10,), where w1 and b1 belong to layer 1 and so on.
- `layers` is a dict of functions under the names that they have in the module ``layers``: conv_forward,
  conv_backward, pool_forward, … Build the network of these, as ``layers["conv_forward"](x, w, b)``, and no mistake in
  a layer of your own will count here. With your own it is called as ``network_logits(parameters, x, vars(layers))``.
- The loss is the softmax cross-entropy of the logits, mean over the batch. No ReLU follows the last layer.
- Whether what is passed in is changed is left to you. float64 and float32 are both fine.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Arrays = dict[str, np.ndarray]
Layers = Mapping[str, Callable[..., Any]]


def initial_parameters(seed: int) -> Arrays:
    """Return random parameters to start training from, drawn anew for each `seed`, the same for the same.

    Weights differ from each other, have a mean near 0, and magnitudes that neither blow up nor quench what passes
    through: the root of their mean square is from 0.005 to 0.6 in each layer. Biases are 0.
    """
    random = np.random.default_rng(seed)
    shapes = {"1": (4, 1, 5, 5), "2": (4, 4, 5, 5), "3": (49, 196), "4": (10, 49)}
    parameters: Arrays = {}
    for number, shape in shapes.items():
        inputs = np.prod(shape[1:])
        # He et al. 2015: so what passes through ReLU layers keeps its size.
        parameters[f"w{number}"] = random.normal(0, np.sqrt(2 / inputs), shape)
        parameters[f"b{number}"] = np.zeros(shape[0])
    return parameters


def network_logits(parameters: Arrays, x: np.ndarray, layers: Layers) -> np.ndarray:
    """Return the network's logits, shape (N, 10), for images `x` of shape (N, 1, 28, 28)."""
    return _passed(parameters, x, layers)[-1]


def network_gradient(parameters: Arrays, x: np.ndarray, one_hot: np.ndarray, layers: Layers) -> Arrays:
    """Return the gradient of the loss by all parameters: a dict of the same names and shapes.

    `x` has shape (N, 1, 28, 28), `one_hot` has shape (N, 10).
    """
    p = parameters
    slopes: Arrays = {}
    c1, a1, s1, c2, a2, s2, flat, z3, a3, out = _passed(p, x, layers)
    dy = layers["softmax_cross_entropy_gradient"](out, one_hot)
    dy, slopes["w4"], slopes["b4"] = layers["linear_backward"](dy, a3, p["w4"])
    dy = layers["relu_backward"](dy, z3)
    dy, slopes["w3"], slopes["b3"] = layers["linear_backward"](dy, flat, p["w3"])
    dy = layers["pool_backward"](layers["flatten_backward"](dy, s2), a2)
    dy, slopes["w2"], slopes["b2"] = layers["conv_backward"](layers["relu_backward"](dy, c2), s1, p["w2"])
    dy = layers["relu_backward"](layers["pool_backward"](dy, a1), c1)
    _, slopes["w1"], slopes["b1"] = layers["conv_backward"](dy, x, p["w1"])
    return slopes


def _passed(parameters: Arrays, x: np.ndarray, layers: Layers) -> list[np.ndarray]:
    """Return what comes out of each layer, in order; the logits last."""
    p = parameters
    c1 = layers["conv_forward"](x, p["w1"], p["b1"])
    a1 = layers["relu_forward"](c1)
    s1 = layers["pool_forward"](a1)
    c2 = layers["conv_forward"](s1, p["w2"], p["b2"])
    a2 = layers["relu_forward"](c2)
    s2 = layers["pool_forward"](a2)
    flat = layers["flatten_forward"](s2)
    z3 = layers["linear_forward"](flat, p["w3"], p["b3"])
    a3 = layers["relu_forward"](z3)
    return [c1, a1, s1, c2, a2, s2, flat, z3, a3, layers["linear_forward"](a3, p["w4"], p["b4"])]
