"""The rate falls after each epoch: it stays for step_size epochs.

Loses: schedules.rates.steps
"""

def step_rates(rate, step_size, gamma, epochs):
    return [rate * gamma**epoch for epoch in range(epochs)]
