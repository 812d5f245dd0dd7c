"""(1 − exp(−2z)) / (1 + exp(−2z)) is infinity over infinity at z = −1000; take it at |z| and give it z's sign.

Loses: activations.tanh.value
"""

import numpy as np


def tanh(z):
    return (1 - np.exp(-2 * z)) / (1 + np.exp(-2 * z))
