import math


def step_rates(rate, step_size, gamma, epochs):
    # rounded, so that 0.1 * 0.1 is 0.01 and not 0.010000000000000002
    return [round(rate * gamma ** (epoch // step_size), 6) for epoch in range(epochs)]


def cosine_rates(rate, lowest, epochs):
    return [lowest + (rate - lowest) * (1 + math.cos(math.pi * epoch / epochs)) / 2 for epoch in range(epochs)]
