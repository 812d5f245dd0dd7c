"""Python's max compares whole arrays; np.maximum compares entry by entry.

Loses: activations.relu.value
"""


def relu(z):
    return max(z, 0)
