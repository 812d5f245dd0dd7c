"""Lists and a loop over the examples, with the standard library."""


import math


def gradients(x, targets, weights):
    total = dict.fromkeys(weights, 0.0)
    for (a, b), t in zip(x.tolist(), targets.tolist()):
        h = [math.tanh(weights[f"w1_{i}1"] * a + weights[f"w1_{i}2"] * b) for i in (1, 2)]
        y = 1 / (1 + math.exp(-weights["w2_11"] * h[0] - weights["w2_12"] * h[1]))
        common = 2 * (y - t) * y * (1 - y) / len(x)
        for i in (1, 2):
            total[f"w2_1{i}"] += common * h[i - 1]
            for j, value in ((1, a), (2, b)):
                total[f"w1_{i}{j}"] += common * weights[f"w2_1{i}"] * (1 - h[i - 1] ** 2) * value
    return total
