import numpy as np


class Node:
    """An array, and how to send its gradient to those it was made of."""

    def __init__(self, value, parents=()):
        self.value, self.parents, self.grad = value, parents, None

    def __rmatmul__(self, other):  # pragma: no cover
        return NotImplemented

    def __matmul__(self, other):
        return Node(self.value @ other.value,
                    ((self, lambda g: np.multiply.outer(g, other.value)), (other, lambda g: self.value.T @ g)))

    def sigmoid(self):
        s = 0.5 * (1 + np.tanh(0.5 * self.value))
        return Node(s, ((self, lambda g: g * s * (1 - s)),))

    def relu(self):
        return Node(np.maximum(self.value, 0), ((self, lambda g: np.where(self.value > 0, g, 0)),))

    def backward(self):
        order = []

        def visit(node):
            for parent, _ in node.parents:
                visit(parent)
            order.append(node)

        visit(self)
        for node in order:
            node.grad = np.zeros(np.shape(node.value))
        self.grad = np.ones(np.shape(self.value))
        for node in reversed(order):
            for parent, pull in node.parents:
                parent.grad = parent.grad + pull(node.grad)


def gradient_norms(weights, x, activation):
    layers = [Node(np.asarray(w, dtype=float)) for w in weights]
    a = Node(np.asarray(x, dtype=float))
    for layer in layers:
        a = getattr(layer @ a, activation)()
    a.backward()
    return np.array([np.sqrt(np.sum(layer.grad**2)) for layer in layers])
