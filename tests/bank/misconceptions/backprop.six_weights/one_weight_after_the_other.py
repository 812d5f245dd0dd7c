"""Each derivative is taken after the weights before it have moved; all six step at once.

Loses: backprop.six_weights.update
"""


def updated(x, targets, weights, learning_rate):
    now = dict(weights)
    for name in weights:
        now[name] = now[name] - learning_rate * gradients(x, targets, now)[name]
    return now
