"""The weights that are passed in are changed; a new dict is asked for.

Loses: backprop.six_weights.update
"""


def updated(x, targets, weights, learning_rate):
    for name, slope in gradients(x, targets, weights).items():
        weights[name] -= learning_rate * slope
    return weights
