"""Weight decay has the wrong sign: it makes the weights grow.

Loses: decay.step.update
"""

def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return parameters - learning_rate * (gradient - weight_decay * parameters)
