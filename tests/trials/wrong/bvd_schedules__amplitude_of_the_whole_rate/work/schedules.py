import numpy as np


def step_rates(rate, step_size, gamma, epochs):
    return rate * gamma ** (np.arange(epochs) // step_size)


def cosine_rates(rate, lowest, epochs):
    wave = 0.5 * (1 + np.cos(np.pi * np.arange(epochs) / epochs))
    return np.maximum(rate * wave, lowest)
