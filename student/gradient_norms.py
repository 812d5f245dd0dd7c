# Fill in the bodies: each docstring says what is asked.
"""How large gradients are, layer by layer, in a deep network: do they vanish or explode?

A network of L layers without biases takes a vector a_0 = x to

    z_l = W_l a_(l−1),  a_l = f(z_l)   for l = 1, …, L

where f is the sigmoid σ(z) = 1 / (1 + e^(−z)) or the ReLU max(z, 0), entry by entry. What is differentiated is the
sum of the entries of a_L.
"""

import numpy as np


def gradient_norms(weights: list[np.ndarray], x: np.ndarray, activation: str) -> np.ndarray:
    """Return the size of the gradient by each layer's weights, shape (L,), the first layer's first.

    It is the square root of the sum of the squares of the derivatives by all entries of W_l. `weights` are W_1 to W_L,
    W_l of shape (width of layer l, width of layer l − 1). `x` is one example, a vector. `activation` is "sigmoid" or
    "relu". What is passed in is left as it was.
    """
    raise NotImplementedError("depth.norms")
