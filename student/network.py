# Fill in the bodies: each docstring says what is asked.
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
    raise NotImplementedError("network.whole")


def network_logits(parameters: Arrays, x: np.ndarray, layers: Layers) -> np.ndarray:
    """Return the network's logits, shape (N, 10), for images `x` of shape (N, 1, 28, 28)."""
    raise NotImplementedError("network.whole")


def network_gradient(parameters: Arrays, x: np.ndarray, one_hot: np.ndarray, layers: Layers) -> Arrays:
    """Return the gradient of the loss by all parameters: a dict of the same names and shapes.

    `x` has shape (N, 1, 28, 28), `one_hot` has shape (N, 10).
    """
    raise NotImplementedError("network.whole")
