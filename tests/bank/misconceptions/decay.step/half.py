"""Half of the weight decay is missing: the derivative of λ/2 · w² is λ w.

Loses: decay.step.update
"""

def decayed_step(parameters, gradient, learning_rate, weight_decay):
    return parameters - learning_rate * (gradient + weight_decay / 2 * parameters)
