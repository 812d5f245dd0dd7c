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

XOR = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0.0, 1.0, 1.0, 0.0])


def initial_parameters(kind: str, hidden: int, seed: int) -> Parameters:
    """Return parameters to begin with: all biases zero, and the weights as `kind` says.

    For "zero" all weights are 0, for "one" all are 1, for "random" each is drawn by itself, with the standard normal
    distribution: the same weights for the same `seed`, others for another.
    """
    random = np.random.default_rng(seed)
    shapes = {"w1": (hidden, 2), "w2": (hidden,)}
    weights = {
        name: random.standard_normal(shape) if kind == "random" else np.full(shape, float(kind == "one"))
        for name, shape in shapes.items()
    }
    return {**weights, "b1": np.zeros(hidden), "b2": np.zeros(())}


def trained(
    parameters: Parameters, x: np.ndarray, targets: np.ndarray, learning_rate: float, steps: int
) -> tuple[Parameters, np.ndarray]:
    """Return the parameters after gradient descent with all examples at once, and the record of the loss.

    Each step takes `learning_rate` times the gradient of the loss from all parameters together. The record has shape
    (steps + 1,): the loss before the first step, and after each.
    """
    now = {name: np.array(value) for name, value in parameters.items()}
    losses = []
    for step in range(steps + 1):
        hidden = np.tanh(x @ now["w1"].T + now["b1"])
        y = 1 / (1 + np.exp(-(hidden @ now["w2"] + now["b2"])))
        losses.append(np.mean((y - targets) ** 2))
        if step < steps:
            at_output = 2 * (y - targets) * y * (1 - y) / len(x)
            at_hidden = np.outer(at_output, now["w2"]) * (1 - hidden**2)
            now["w2"] = now["w2"] - learning_rate * at_output @ hidden
            now["b2"] = now["b2"] - learning_rate * at_output.sum()
            now["w1"] = now["w1"] - learning_rate * at_hidden.T @ x
            now["b1"] = now["b1"] - learning_rate * at_hidden.sum(axis=0)
    return now, np.array(losses)


def experiment(seed: int) -> dict[str, np.ndarray]:
    """Return how the loss goes from each start, as {"zero": record, "one": record, "random": record}.

    The task is exclusive or, on its four examples with inputs and targets of 0 and 1. There are 8 hidden units, and
    300 steps with a learning rate of 1.
    """
    return {kind: trained(initial_parameters(kind, 8, seed), *XOR, 1.0, 300)[1] for kind in ("zero", "one", "random")}
