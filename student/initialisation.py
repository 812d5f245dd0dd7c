# Fill in the bodies: each docstring says what is asked.
"""Does a network learn from zero, from equal or from random weights?

The network has two inputs, a hidden layer of tanh units with biases, and one sigmoid unit with a bias:

    h = tanh(W1 x + b1),  y = σ(w2 · h + b2),  σ(z) = 1 / (1 + e^(−z))

The loss is the mean over the examples of (y − t)². Conventions of this module:

- Parameters are a dict of arrays: `"w1"` of shape (hidden, 2), `"b1"` and `"w2"` of shape (hidden,), and `"b2"`, one
  number. `x` has shape (N, 2), `targets` shape (N,).
- What is passed in is left as it was.
"""

import numpy as np

Parameters = dict[str, np.ndarray]


def initial_parameters(kind: str, hidden: int, seed: int) -> Parameters:
    """Return parameters to begin with: all biases zero, and the weights as `kind` says.

    For "zero" all weights are 0, for "one" all are 1, for "random" each is drawn by itself, with the standard normal
    distribution: the same weights for the same `seed`, others for another.
    """
    raise NotImplementedError("initialisation.experiment")


def trained(
    parameters: Parameters, x: np.ndarray, targets: np.ndarray, learning_rate: float, steps: int
) -> tuple[Parameters, np.ndarray]:
    """Return the parameters after gradient descent with all examples at once, and the record of the loss.

    Each step takes `learning_rate` times the gradient of the loss from all parameters together. The record has shape
    (steps + 1,): the loss before the first step, and after each.
    """
    raise NotImplementedError("initialisation.experiment")


def experiment(seed: int) -> dict[str, np.ndarray]:
    """Return how the loss goes from each start, as {"zero": record, "one": record, "random": record}.

    The task is exclusive or, on its four examples with inputs and targets of 0 and 1. There are 8 hidden units, and
    300 steps with a learning rate of 1.
    """
    raise NotImplementedError("initialisation.experiment")
