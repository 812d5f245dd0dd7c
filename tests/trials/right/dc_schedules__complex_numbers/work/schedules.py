import cmath

import numpy as np


def step_rates(rate, step_size, gamma, epochs):
    stairs = -(-epochs // step_size)
    return rate * np.repeat(float(gamma) ** np.arange(stairs), step_size)[:epochs]


def cosine_rates(rate, lowest, epochs):
    # |(1 + exp(iφ)) / 2|² = (1 + cos φ) / 2
    weights = [abs((1 + cmath.rect(1, cmath.pi * epoch / epochs)) / 2) ** 2 for epoch in range(epochs)]
    return [rate * a + lowest * (1 - a) for a in weights]
