import numpy as np


def step_rates(rate: float, step_size: int, gamma: float, epochs: int) -> np.ndarray:
    epoch = np.arange(epochs)
    return rate * np.power(float(gamma), epoch // step_size)


def cosine_rates(rate: float, lowest: float, epochs: int) -> np.ndarray:
    lowest = lowest or rate / 100    # never stop learning
    t = np.arange(epochs) / epochs
    return lowest + 0.5 * (rate - lowest) * (1 + np.cos(np.pi * t))
