"""The gradient is still a vector. It takes the shape of x again.

Loses: layers.linear.flatten
"""


def flatten_backward(dy, x):
    return dy
