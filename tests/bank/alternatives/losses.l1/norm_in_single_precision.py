"""np.linalg.norm of order 1, single precision, target less prediction."""

import numpy as np


def l1(prediction, target):
    return np.linalg.norm((target - prediction).astype(np.float32), ord=1, axis=1).mean()


def l1_gradient(prediction, target):
    return (-np.sign(target - prediction) / len(target)).astype(np.float32)
