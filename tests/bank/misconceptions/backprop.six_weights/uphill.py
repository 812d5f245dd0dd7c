"""The step goes with the gradient, so that the loss grows.

Loses: backprop.six_weights.update
"""


def updated(x, targets, weights, learning_rate):
    slopes = gradients(x, targets, weights)
    return {name: weights[name] + learning_rate * slopes[name] for name in weights}
