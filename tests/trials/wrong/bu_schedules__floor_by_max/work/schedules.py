import numpy as np


def step_rates(rate, step_size, gamma, epochs):
    rates = np.full(epochs, float(rate))
    for k in range(step_size, epochs, step_size):
        rates[k:] *= gamma
    return rates


def cosine_rates(rate, lowest, epochs):
    t = np.arange(epochs) / epochs
    return np.maximum(lowest, rate / 2 * (1 + np.cos(np.pi * t)))
