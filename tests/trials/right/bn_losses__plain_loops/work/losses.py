from math import exp, fsum, log

import numpy as np

from rows import rows_with_labels


def cross_entropy(logits, labels):
    each = []
    for row, y in rows_with_labels(logits, labels):
        top = max(row)
        each.append(top + log(fsum(exp(s - top) for s in row)) - row[y])
    return fsum(each) / len(each)


def cross_entropy_gradient(logits, labels):
    n, out = len(labels), []
    for row, y in rows_with_labels(logits, labels):
        top = max(row)
        parts = [exp(s - top) for s in row]
        whole = fsum(parts)
        out.append([(p / whole - (j == y)) / n for j, p in enumerate(parts)])
    return np.array(out)


def cross_entropy_decomposition():
    return [
        ("exponentials", "exp", ("logits",)),
        ("their sum", "sum", ("exponentials",)),
        ("its logarithm", "log", ("their sum",)),
        ("right one alone", "multiply", ("logits", "onehot")),
        ("right logit", "sum", ("right one alone",)),
        ("cross-entropy", "subtract", ("its logarithm", "right logit")),
    ]


def cross_entropy_local_derivatives(logits, onehot):
    e = np.exp(logits)
    return [(e,), (np.ones_like(e),), (1 / e.sum(),), (onehot, logits), (np.ones_like(e),), (1.0, -1.0)]


def hinge(scores, labels, margin):
    total = 0.0
    count = 0
    for row, y in rows_with_labels(scores, labels):
        count += 1
        for j, s in enumerate(row):
            if j != y and s - row[y] + margin > 0:
                total += s - row[y] + margin
    return total / count


def hinge_gradient(scores, labels, margin):
    out = np.zeros(np.shape(scores))
    for number, (row, y) in enumerate(rows_with_labels(scores, labels)):
        for j, s in enumerate(row):
            if j == y or s - row[y] + margin <= 0:
                continue
            out[number, j] += 1 / len(labels)
            out[number, y] -= 1 / len(labels)
    return out


def hinge_decomposition():
    return [
        ("picked", "multiply", ("onehot", "scores")),
        ("right", "sum", ("picked",)),
        ("goal", "subtract", ("right", "margin")),
        ("short", "subtract", ("scores", "goal")),
        ("above", "maximum", ("short", 0.0)),
        ("others", "subtract", (1.0, "onehot")),
        ("counted", "multiply", ("above", "others")),
        ("hinge", "sum", ("counted",)),
    ]


def hinge_local_derivatives(scores, onehot, margin):
    one = np.ones_like(scores)
    short = scores - (np.dot(scores, onehot) - margin)
    above = np.maximum(short, 0)
    return [(scores, onehot), (one,), (1.0, -1.0), (one, -one), (np.where(short > 0, 1.0, 0.0),), (-one,),
            (1 - onehot, above), (one,)]
