import math
import numpy as np


def initial_parameters(kind, hidden, seed):
    state = np.random.RandomState(seed)
    number = {"zero": lambda: 0.0, "one": lambda: 1.0, "random": lambda: state.normal()}[kind]
    return {
        "w1": np.array([[number() for _ in range(2)] for _ in range(hidden)]),
        "b1": np.zeros(hidden),
        "w2": np.array([number() for _ in range(hidden)]),
        "b2": np.float64(0),
    }


def trained(parameters, x, targets, learning_rate, steps):
    w1 = [list(row) for row in parameters["w1"]]
    b1, w2, b2 = list(parameters["b1"]), list(parameters["w2"]), float(parameters["b2"])
    units = range(len(w2))
    rows = [tuple(map(float, row)) for row in x]
    record = []
    for step in range(steps + 1):
        g1, g2, gb, loss = [[0.0, 0.0] for _ in units], [0.0 for _ in units], 0.0, 0.0
        for (p, q), t in zip(rows, targets):
            h = [math.tanh(w1[i][0] * p + w1[i][1] * q + b1[i]) for i in units]
            y = 1 / (1 + math.exp(-sum(w2[i] * h[i] for i in units) - b2))
            loss += (y - t) ** 2 / len(rows)
            d = 2 * (y - t) * y * (1 - y) / len(rows)
            gb += d
            for i in units:
                g2[i] += d * h[i]
                back = d * w2[i] * (1 - h[i] ** 2)
                g1[i][0] += back * p
                g1[i][1] += back * q
        record.append(loss)
        if step < steps:
            b2 -= learning_rate * gb
            for i in units:
                w2[i] -= learning_rate * g2[i]
                w1[i][0] -= learning_rate * g1[i][0]
                w1[i][1] -= learning_rate * g1[i][1]
    return {"w1": np.array(w1), "b1": np.array(b1), "w2": np.array(w2), "b2": np.array(b2)}, np.array(record)


def experiment(seed):
    x, t = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
    result = {}
    for kind in "zero", "one", "random":
        _, result[kind] = trained(initial_parameters(kind, 8, seed), x, t, learning_rate=1, steps=300)
    return result
