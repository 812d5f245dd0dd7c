"""z (1 − z) is right for what comes out of the sigmoid; here z is what goes in.

Loses: activations.sigmoid.derivative
"""


def sigmoid_derivative(z):
    return z * (1 - z)
