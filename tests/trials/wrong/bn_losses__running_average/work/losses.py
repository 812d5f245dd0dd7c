import numpy as np


class AverageMeter:
    def __init__(self):
        self.total, self.count = 0.0, 0

    def update(self, values):
        self.total += float(np.sum(values))
        self.count += len(values)
        return self.total / self.count


meter = AverageMeter()


def l2(prediction, target):
    return meter.update(np.sum((prediction - target) ** 2, axis=1))


def l2_gradient(prediction, target):
    return 2 / len(prediction) * (prediction - target)


def l2_decomposition():
    return [("e", "subtract", ("prediction", "target")), ("s", "square", ("e",)), ("loss", "sum", ("s",))]


def l2_local_derivatives(prediction, target):
    return [(1.0, -1.0), (2 * (prediction - target),), (1.0,)]
