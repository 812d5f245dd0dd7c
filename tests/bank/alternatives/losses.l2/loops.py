"""Loops and lists."""


def l2(prediction, target):
    total = 0
    for i in range(len(target)):
        for p, t in zip(prediction[i], target[i]):
            total += (p - t) ** 2
    return total / len(target)


def l2_gradient(prediction, target):
    return [[2 * (p - t) / len(target) for p, t in zip(*row)] for row in zip(prediction, target)]
