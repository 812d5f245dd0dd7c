"""Weight decay is a factor of the parameters, not of the gradient.

Loses: decay.step.update
"""

def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return parameters - learning_rate * (gradient + weight_decay * gradient)
