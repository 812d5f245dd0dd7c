"""There is one bias for each output, not one for each row of the batch.

Loses: layers.linear.forward
"""


def linear_forward(x, w, b):
    return x @ w.T + b[: len(x), None]
