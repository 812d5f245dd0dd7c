"""Loops and the math module."""

import math


def softmax(logits):
    rows = []
    for row in logits.tolist():
        powers = [math.exp(value - max(row)) for value in row]
        rows.append([power / sum(powers) for power in powers])
    return rows


def softmax_cross_entropy(logits, one_hot):
    total = 0.0
    for row, label in zip(logits.tolist(), one_hot.tolist()):
        log_sum = max(row) + math.log(sum(math.exp(value - max(row)) for value in row))
        total += log_sum - row[label.index(1)]
    return total / len(logits)


def softmax_cross_entropy_gradient(logits, one_hot):
    return [
        [(p - y) / len(logits) for p, y in zip(probabilities, label)]
        for probabilities, label in zip(softmax(logits), one_hot.tolist())
    ]
