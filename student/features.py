# Fill in the bodies: each docstring says what is asked.
"""What a trained network makes of images: its activation maps and its bottleneck.

`parameters` are those of the network of 28×28 images, a dict of arrays: w1 (4, 1, 5, 5), b1 (4,), w2 (4, 4, 5, 5),
b2 (4,), w3 (49, 196), b3 (49,), w4 (10, 49), b4 (10,). `layers` is a dict of the functions of the module ``layers``
under their names: build on these, as ``layers["conv_forward"](x, w, b)``, and no mistake in a layer counts here.
Parameters and images are left as they are.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Arrays = dict[str, np.ndarray]
Layers = Mapping[str, Callable[..., Any]]


def activation_maps(parameters: Arrays, image: np.ndarray, layers: Layers) -> tuple[np.ndarray, np.ndarray]:
    """Return the activation maps of both convolution layers for an image of shape (28, 28).

    A pair of arrays of shapes (4, 28, 28) and (4, 14, 14): what comes out of each convolution, either before its ReLU
    or after it, but not pooled.
    """
    raise NotImplementedError("features.maps")


def bottleneck(parameters: Arrays, x: np.ndarray, layers: Layers) -> np.ndarray:
    """Return the network's bottleneck features for images `x` of shape (N, 1, 28, 28).

    Either the 49 of the hidden linear layer, shape (N, 49), before its ReLU or after it; or the 196 that enter it,
    shape (N, 196).
    """
    raise NotImplementedError("features.bottleneck")
