"""A whole CNN in plain loops over plain numbers: its own layers stand in the same file."""

import math
import random

import numpy as np


def conv_forward(x, w, b):
    n, c, height, width = x.shape
    f, _, k, _ = w.shape
    r = k // 2
    images, kernels, biases = x.tolist(), w.tolist(), b.tolist()
    y = np.zeros((n, f, height, width))
    for m in range(n):
        for o in range(f):
            for i in range(height):
                for j in range(width):
                    total = biases[o]
                    for d in range(c):
                        for p in range(max(0, r - i), min(k, height + r - i)):
                            row, weights = images[m][d][i + p - r], kernels[o][d][p]
                            for q in range(max(0, r - j), min(k, width + r - j)):
                                total += weights[q] * row[j + q - r]
                    y[m, o, i, j] = total
    return y


def conv_backward(dy, x, w):
    n, c, height, width = x.shape
    f, _, k, _ = w.shape
    r = k // 2
    images, kernels, slopes = x.tolist(), w.tolist(), dy.tolist()
    dx, dw, db = np.zeros(x.shape).tolist(), np.zeros(w.shape).tolist(), [0.0] * f
    for m in range(n):
        for o in range(f):
            for i in range(height):
                for j in range(width):
                    slope = slopes[m][o][i][j]
                    db[o] += slope
                    for d in range(c):
                        for p in range(max(0, r - i), min(k, height + r - i)):
                            for q in range(max(0, r - j), min(k, width + r - j)):
                                dw[o][d][p][q] += slope * images[m][d][i + p - r][j + q - r]
                                dx[m][d][i + p - r][j + q - r] += slope * kernels[o][d][p][q]
    return np.array(dx), np.array(dw), np.array(db)


def pool_forward(x):
    n, c, height, width = x.shape
    y = np.zeros((n, c, height // 2, width // 2))
    for place in np.ndindex(*y.shape):
        m, d, i, j = place
        y[place] = max(x[m, d, 2 * i + a, 2 * j + b] for a in (0, 1) for b in (0, 1))
    return y


def pool_backward(dy, x):
    dx = np.zeros(x.shape)
    for m, d, i, j in np.ndindex(*dy.shape):
        corners = [(m, d, 2 * i + a, 2 * j + b) for a in (0, 1) for b in (0, 1)]
        dx[max(corners, key=lambda corner: x[corner])] = dy[m, d, i, j]
    return dx


def relu_forward(x):
    y = np.zeros(x.shape)
    for place in np.ndindex(*x.shape):
        if x[place] > 0:
            y[place] = x[place]
    return y


def relu_backward(dy, x):
    dx = np.zeros(x.shape)
    for place in np.ndindex(*x.shape):
        if x[place] > 0:
            dx[place] = dy[place]
    return dx


def flatten_forward(x):
    return np.array([[value for channel in image for row in channel for value in row] for image in x.tolist()])


def flatten_backward(dy, x):
    _, _, height, width = x.shape
    dx = np.zeros(x.shape)
    for m, d, i, j in np.ndindex(*x.shape):
        dx[m, d, i, j] = dy[m, (d * height + i) * width + j]
    return dx


def linear_forward(x, w, b):
    rows, weights, biases = x.tolist(), w.tolist(), b.tolist()
    y = [[sum((v * u for v, u in zip(row, one)), bias) for one, bias in zip(weights, biases)] for row in rows]
    return np.array(y)


def linear_backward(dy, x, w):
    slopes, rows, weights = dy.tolist(), x.tolist(), w.tolist()
    dx, dw, db = np.zeros(x.shape).tolist(), np.zeros(w.shape).tolist(), [0.0] * len(weights)
    for n, slopes_of_one in enumerate(slopes):
        for m, slope in enumerate(slopes_of_one):
            db[m] += slope
            for d in range(len(rows[n])):
                dx[n][d] += slope * weights[m][d]
                dw[m][d] += slope * rows[n][d]
    return np.array(dx), np.array(dw), np.array(db)


def softmax(logits):
    rows = []
    for row in logits.tolist():
        powers = [math.exp(value - max(row)) for value in row]
        rows.append([power / sum(powers) for power in powers])
    return np.array(rows)


def softmax_cross_entropy(logits, one_hot):
    total = 0.0
    for row, label in zip(logits.tolist(), one_hot.tolist()):
        total += max(row) + math.log(sum(math.exp(value - max(row)) for value in row)) - row[label.index(1)]
    return total / len(logits)


def softmax_cross_entropy_gradient(logits, one_hot):
    slopes = softmax(logits)
    for place in np.ndindex(*slopes.shape):
        slopes[place] = (slopes[place] - one_hot[place]) / len(slopes)
    return slopes


SHAPES = {"1": (4, 1, 5, 5), "2": (4, 4, 5, 5), "3": (49, 196), "4": (10, 49)}
STEPS = ["conv1", "relu", "pool", "conv2", "relu", "pool", "flatten", "linear3", "relu", "linear4"]


def initial_parameters(seed):
    drawn = random.Random(seed)
    parameters = {}
    for number, shape in SHAPES.items():
        weights = np.zeros(shape)
        for place in np.ndindex(*shape):
            weights[place] = drawn.gauss(0, 1) / math.sqrt(weights[0].size)
        parameters["w" + number], parameters["b" + number] = weights, np.zeros(shape[0])
    return parameters


def passed(parameters, x, layers):
    given = [x]
    for step in STEPS:
        name, number = step.rstrip("1234"), step[-1]
        own = [parameters["w" + number], parameters["b" + number]] if number.isdigit() else []
        given.append(layers[name + "_forward"](given[-1], *own))
    return given


def network_logits(parameters, x, layers):
    return passed(parameters, x, layers)[-1]


def network_gradient(parameters, x, one_hot, layers):
    given, found = passed(parameters, x, layers), {}
    dy = layers["softmax_cross_entropy_gradient"](given[-1], one_hot)
    for place in range(len(STEPS) - 1, -1, -1):
        name, number = STEPS[place].rstrip("1234"), STEPS[place][-1]
        if number.isdigit():
            dy, dw, db = layers[name + "_backward"](dy, given[place], parameters["w" + number])
            found["w" + number], found["b" + number] = dw, db
        else:
            dy = layers[name + "_backward"](dy, given[place])
    return found
