"""Zeros are written into dy itself. Leave arguments as they were and return a new array.

Loses: layers.relu.gradient
"""


def relu_backward(dy, x):
    dy[x <= 0] = 0
    return dy
