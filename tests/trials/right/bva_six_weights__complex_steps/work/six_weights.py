import numpy as np

NAMES = [f"w1_{i}{j}" for i in (1, 2) for j in (1, 2)] + ["w2_11", "w2_12"]


def _loss(x, targets, values):
    hidden = np.tanh(x @ values[:4].reshape(2, 2).T)
    z = hidden @ values[4:]
    y = (1 + np.tanh(z / 2)) / 2
    return np.mean((y - targets) ** 2)


def gradients(x, targets, weights):
    """Derivatives by steps into the complex plane: no difference is taken, so they are exact to the last digits."""
    values = np.array([weights[name] for name in NAMES], dtype=complex)
    answer = {}
    for k, name in enumerate(NAMES):
        moved = values.copy()
        moved[k] += 1e-100j
        answer[name] = _loss(x, targets, moved).imag / 1e-100
    return answer


def updated(x, targets, weights, learning_rate):
    return dict(
        (name, weights[name] - learning_rate * slope) for name, slope in reversed(gradients(x, targets, weights).items())
    )
