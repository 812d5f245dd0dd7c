from math import cos, pi


def step_rates(rate, step_size, gamma, epochs):
    return [rate * gamma ** (epoch // step_size) for epoch in range(epochs)]


def cosine_rates(rate, lowest, epochs):
    lowest = lowest or 1e-5
    return [lowest + (rate - lowest) * (1 + cos(pi * t / epochs)) / 2 for t in range(epochs)]
