"""A whole CNN on strided views of windows, as objects that remember what they were given."""

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view


def unfolded(x, k):
    r = k // 2
    return sliding_window_view(np.pad(x, ((0, 0), (0, 0), (r, r), (r, r))), (k, k), axis=(2, 3))


def conv_forward(x, w, b):
    return np.moveaxis(np.tensordot(unfolded(x, w.shape[-1]), w, axes=([1, 4, 5], [1, 2, 3])) + b, -1, 1)


def conv_backward(dy, x, w):
    k = w.shape[-1]
    dx = np.tensordot(unfolded(dy, k), np.flip(w, (2, 3)), axes=([1, 4, 5], [0, 2, 3]))
    dw = np.tensordot(dy, unfolded(x, k), axes=([0, 2, 3], [0, 2, 3]))
    return [np.moveaxis(dx, -1, 1), dw, dy.sum((0, 2, 3))]


def tiles(x):
    """Return the 2×2 windows of x as a view that can be written to."""
    n, c, height, width = x.shape
    by_image, by_channel, by_row, by_column = x.strides
    strides = (by_image, by_channel, 2 * by_row, 2 * by_column, by_row, by_column)
    return as_strided(x, (n, c, height // 2, width // 2, 2, 2), strides)


def pool_forward(x):
    return np.amax(tiles(x), axis=(-2, -1))


def pool_backward(dy, x):
    dx = np.zeros(x.shape)
    largest = tiles(x) == pool_forward(x)[..., None, None]
    tiles(dx)[...] = dy[..., None, None] * largest / largest.sum(axis=(-2, -1), keepdims=True)
    return dx


def relu_forward(x):
    return np.clip(x, 0, None)


def relu_backward(dy, x):
    return np.where(x > 0, dy, 0.0)


def flatten_forward(x):
    return np.ascontiguousarray(x).reshape(len(x), -1)


def flatten_backward(dy, x):
    return np.reshape(dy, np.shape(x))


def linear_forward(x, w, b):
    return np.dot(x, w.T) + b


def linear_backward(dy, x, w):
    return np.dot(dy, w), np.dot(dy.T, x), dy.sum(0)


def softmax(logits):
    powers = np.exp(logits - np.amax(logits, axis=1)[:, np.newaxis])
    return powers / powers.sum(1)[:, np.newaxis]


def softmax_cross_entropy(logits, one_hot):
    label = logits[np.arange(len(logits)), one_hot.argmax(1)]
    return np.mean(np.logaddexp.reduce(logits, axis=1) - label)


def softmax_cross_entropy_gradient(logits, one_hot):
    slopes = softmax(logits)
    slopes[np.arange(len(slopes)), one_hot.argmax(1)] -= 1
    return slopes / len(slopes)


class Step:
    """One layer; `own` are the parameters' names, if it has any."""

    def __init__(self, layers, name, own=()):
        self.forward, self.backward = layers[name + "_forward"], layers[name + "_backward"]
        self.own = own

    def __call__(self, x, parameters):
        self.given = x
        return self.forward(x, *(parameters[name] for name in self.own))

    def back(self, dy, parameters, gradient):
        if not self.own:
            return self.backward(dy, self.given)
        dx, gradient[self.own[0]], gradient[self.own[1]] = self.backward(dy, self.given, parameters[self.own[0]])
        return dx


class Network:
    def __init__(self, layers):
        self.steps = []
        for number in "12":
            self.steps += [Step(layers, "conv", ("w" + number, "b" + number)), Step(layers, "relu"), Step(layers, "pool")]
        self.steps += [Step(layers, "flatten"), Step(layers, "linear", ("w3", "b3")), Step(layers, "relu")]
        self.steps += [Step(layers, "linear", ("w4", "b4"))]

    def __call__(self, parameters, x):
        for step in self.steps:
            x = step(x, parameters)
        return x

    def gradient(self, parameters, dy):
        gradient = {}
        for step in self.steps[::-1]:
            dy = step.back(dy, parameters, gradient)
        return gradient


def initial_parameters(seed):
    rng = np.random.default_rng([seed, 28])
    shapes = [(4, 1, 5, 5), (4, 4, 5, 5), (49, 196), (10, 49)]
    weights = [rng.standard_normal(shape) * np.sqrt(2 / np.prod(shape[1:])) for shape in shapes]
    named = {f"w{number}": array for number, array in enumerate(weights, 1)}
    return named | {f"b{number}": np.zeros(len(array)) for number, array in enumerate(weights, 1)}


def network_logits(parameters, x, layers):
    return Network(layers)(parameters, x)


def network_gradient(parameters, x, one_hot, layers):
    network = Network(layers)
    logits = network(parameters, x)
    return network.gradient(parameters, layers["softmax_cross_entropy_gradient"](logits, one_hot))
