"""The rate falls an epoch too early.

Loses: schedules.rates.steps
"""

def step_rates(rate, step_size, gamma, epochs):
    return [rate * gamma ** ((epoch + 1) // step_size) for epoch in range(epochs)]
