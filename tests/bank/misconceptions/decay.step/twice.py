"""This is λ twice: the half in the penalty takes away the 2.

Loses: decay.step.update
"""

def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return parameters - learning_rate * (gradient + 2 * weight_decay * parameters)
