"""Back-propagation by hand, in a network of two inputs, two hidden units and one output.

    h_i = tanh(w¹_i1 · x_1 + w¹_i2 · x_2)   for i = 1, 2
    y   = σ(w²_11 · h_1 + w²_12 · h_2),     σ(z) = 1 / (1 + e^(−z))

In w^k_ij, k is the layer, i the unit that the weight leads to and j the one that it comes from. There are no biases.
The loss is the mean squared error without a factor ½: the mean over the examples of (y − t)².

Conventions of this module:

- Weights, and gradients by them, are dicts of six numbers: "w1_11", "w1_12", "w1_21", "w1_22", "w2_11" and "w2_12",
  where "w1_12" is w¹_12. `x` has shape (N, 2): one row for each example. `targets` has shape (N,).
- What is passed in is left as it was.
"""

import numpy as np

Weights = dict[str, float]


def gradients(x: np.ndarray, targets: np.ndarray, weights: Weights) -> Weights:
    """Return the derivative of the loss by each of the six weights."""
    x1, x2 = x.T
    h1 = np.tanh(weights["w1_11"] * x1 + weights["w1_12"] * x2)
    h2 = np.tanh(weights["w1_21"] * x1 + weights["w1_22"] * x2)
    y = 1 / (1 + np.exp(-(weights["w2_11"] * h1 + weights["w2_12"] * h2)))
    at_output = 2 * (y - targets) * y * (1 - y)
    at_h1 = at_output * weights["w2_11"] * (1 - h1**2)
    at_h2 = at_output * weights["w2_12"] * (1 - h2**2)
    return {
        "w1_11": float(np.mean(at_h1 * x1)),
        "w1_12": float(np.mean(at_h1 * x2)),
        "w1_21": float(np.mean(at_h2 * x1)),
        "w1_22": float(np.mean(at_h2 * x2)),
        "w2_11": float(np.mean(at_output * h1)),
        "w2_12": float(np.mean(at_output * h2)),
    }


def updated(x: np.ndarray, targets: np.ndarray, weights: Weights, learning_rate: float) -> Weights:
    """Return the six weights after one step of gradient descent, taken by all of them at once."""
    slopes = gradients(x, targets, weights)
    return {name: weights[name] - learning_rate * slopes[name] for name in slopes}
