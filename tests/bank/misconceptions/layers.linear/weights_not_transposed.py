"""x is multiplied by w as it is. w has one row for each output, so it must be transposed.

Loses: layers.linear.forward
"""


def linear_forward(x, w, b):
    return x @ w + b
