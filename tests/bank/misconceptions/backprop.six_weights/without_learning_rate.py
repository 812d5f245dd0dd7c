"""The learning rate is left out.

Loses: backprop.six_weights.update
"""


def updated(x, targets, weights, learning_rate):
    slopes = gradients(x, targets, weights)
    return {name: weights[name] - slopes[name] for name in weights}
