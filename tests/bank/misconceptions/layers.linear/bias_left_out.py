"""The bias is left out.

Loses: layers.linear.forward
"""


def linear_forward(x, w, b):
    return x @ w.T
