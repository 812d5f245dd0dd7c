"""The learning rate is a factor of weight decay too: it is part of the gradient.

Loses: decay.step.update
"""

def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return parameters - learning_rate * gradient - weight_decay * parameters
