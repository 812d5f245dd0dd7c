"""The rate falls once only.

Loses: schedules.rates.steps
"""

def step_rates(rate, step_size, gamma, epochs):
    return [rate * (gamma if epoch >= step_size else 1) for epoch in range(epochs)]
