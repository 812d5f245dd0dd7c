"""The rate does not fall below 0.0001: it is multiplied by gamma again and again, however small it is.

Loses: schedules.rates.steps
"""


def step_rates(rate, step_size, gamma, epochs):
    return [max(rate * gamma ** (epoch // step_size), 1e-4) for epoch in range(epochs)]
