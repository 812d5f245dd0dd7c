"""This is a step: positive entries stay what they are, they do not become 1.

Loses: layers.relu.forward
"""

import numpy as np


def relu_forward(x):
    return (x > 0).astype(float)
