"""The step is made without weight decay.

Loses: decay.step.update
"""

def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return parameters - learning_rate * gradient
