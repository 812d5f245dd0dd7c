"""Zeros are written into x itself. x is still needed, so return a new array.

Loses: layers.relu.forward
"""


def relu_forward(x):
    x[x < 0] = 0
    return x
