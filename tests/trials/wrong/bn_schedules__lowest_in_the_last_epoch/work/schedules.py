import numpy as np


def step_rates(rate, step_size, gamma, epochs):
    return rate * gamma ** (np.arange(epochs) // step_size)


def cosine_rates(rate, lowest, epochs):
    angle = np.linspace(0, np.pi, epochs)
    return lowest + (rate - lowest) / 2 * (1 + np.cos(angle))
