"""The bias is subtracted; it is added.

Loses: layers.linear.forward
"""


def linear_forward(x, w, b):
    return x @ w.T - b
