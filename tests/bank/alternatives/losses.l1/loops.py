"""Loops, and 1 for the slope where there is no error."""


def l1(prediction, target):
    return sum(abs(p - t) for row in zip(prediction, target) for p, t in zip(*row)) / len(target)


def l1_gradient(prediction, target):
    n = len(target)
    return [[1 / n if p >= t else -1 / n for p, t in zip(*row)] for row in zip(prediction, target)]
