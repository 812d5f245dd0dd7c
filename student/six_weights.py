# Fill in the bodies: each docstring says what is asked.
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
    raise NotImplementedError("backprop.six_weights")


def updated(x: np.ndarray, targets: np.ndarray, weights: Weights, learning_rate: float) -> Weights:
    """Return the six weights after one step of gradient descent, taken by all of them at once."""
    raise NotImplementedError("backprop.six_weights")
