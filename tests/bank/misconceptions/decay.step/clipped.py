"""The gradient is clipped before the step: a step goes along all of it.

Loses: decay.step.update
"""

import numpy as np


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return parameters - learning_rate * (np.clip(gradient, -100, 100) + weight_decay * parameters)
