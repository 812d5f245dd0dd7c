"""The learning rate is missing: the derivative times eta is taken away.

Loses: backprop.by_hand.step, backprop.by_hand.hidden_step
"""


def updated_weights(network, values, layer):
    return values[f"W{layer}"] - values[f"dW{layer}"]


def updated_biases(network, values, layer):
    return values[f"b{layer}"] - values[f"db{layer}"]
