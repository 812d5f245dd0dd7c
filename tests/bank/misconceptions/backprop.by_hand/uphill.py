"""The step goes up: the old weight less the learning rate times the derivative.

Loses: backprop.by_hand.step, backprop.by_hand.hidden_step
"""


def updated_weights(network, values, layer):
    return values[f"W{layer}"] + values["eta"] * values[f"dW{layer}"]


def updated_biases(network, values, layer):
    return values[f"b{layer}"] + values["eta"] * values[f"db{layer}"]
