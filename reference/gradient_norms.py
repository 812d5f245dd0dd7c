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
    a, passed = x, []
    for w in weights:
        z = w @ a
        out = 1 / (1 + np.exp(-z)) if activation == "sigmoid" else np.maximum(z, 0)
        passed.append((w, a, out * (1 - out) if activation == "sigmoid" else (z > 0).astype(float)))
        a = out
    norms, back = [], np.ones(len(a))
    for w, entering, slope in reversed(passed):
        at_z = back * slope
        norms.append(np.linalg.norm(at_z) * np.linalg.norm(entering))
        back = at_z @ w
    return np.array(norms[::-1])
