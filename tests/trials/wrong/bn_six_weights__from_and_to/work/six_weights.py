import numpy as np

NAMES = ["w1_11", "w1_12", "w1_21", "w1_22", "w2_11", "w2_12"]


class Network:
    def __init__(self, weights):
        w = [weights[name] for name in NAMES]
        self.inner, self.outer = np.reshape(w[:4], (2, 2)), np.array(w[4:])

    def backward(self, x, t):
        h = np.tanh(np.einsum("ij,nj->ni", self.inner, x))
        y = (1 + np.tanh(h @ self.outer / 2)) / 2
        d = 2 * (y - t) * y * (1 - y) / len(x)
        inner = np.einsum("nj,n,i,ni->ji", x, d, self.outer, 1 - h * h)
        return [*inner.flat, *np.einsum("n,ni->i", d, h)]


def gradients(x, targets, weights):
    return {name: float(slope) for name, slope in zip(NAMES, Network(weights).backward(x, targets))}


def updated(x, targets, weights, learning_rate):
    slopes = gradients(x, targets, weights)
    return {name: weights[name] - learning_rate * slopes[name] for name in NAMES}
