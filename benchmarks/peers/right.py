"""The five functions, solved: the submission whose grading is measured."""

import numpy as np


def sgd_step(parameters: np.ndarray, gradient: np.ndarray, learning_rate: float) -> np.ndarray:
    """Return the parameters after one step of gradient descent."""
    return parameters - learning_rate * gradient


def momentum_steps(start: np.ndarray, gradients: np.ndarray, learning_rate: float, momentum: float) -> np.ndarray:
    """Return where `start` is after a step for each row of `gradients`: v ← momentum·v + g, p ← p − η·v."""
    parameters, velocity = start, np.zeros_like(start)
    for gradient in gradients:
        velocity = momentum * velocity + gradient
        parameters = parameters - learning_rate * velocity
    return parameters


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-x)), for arguments of any size."""
    return 0.5 * (1.0 + np.tanh(0.5 * x))


def circular_correlation(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return z[k] = Σ over i of x[i] · y[(i + k) mod n]."""
    return np.array([x @ np.roll(y, -k) for k in range(len(x))])


def softmax_cross_entropy(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean over rows of -log softmax(logits)[label]."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    logarithms = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(logarithms - shifted[np.arange(len(labels)), labels]))
