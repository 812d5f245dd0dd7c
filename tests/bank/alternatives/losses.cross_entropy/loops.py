"""Loops over examples and classes, plain Python numbers, lists for the gradient."""

import math


def cross_entropy(logits, labels):
    total = 0.0
    for row, label in zip(logits.tolist(), labels.tolist()):
        top = max(row)
        total += top + math.log(sum(math.exp(z - top) for z in row)) - row[label]
    return total / len(labels)


def cross_entropy_gradient(logits, labels):
    rows = []
    for row, label in zip(logits.tolist(), labels.tolist()):
        top = max(row)
        powers = [math.exp(z - top) for z in row]
        rows.append([(p / sum(powers) - (j == label)) / len(labels) for j, p in enumerate(powers)])
    return rows
