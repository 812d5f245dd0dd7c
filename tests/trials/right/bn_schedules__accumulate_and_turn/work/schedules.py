from itertools import accumulate, chain, islice, repeat
import numpy as np


def step_rates(rate: float, step_size: int, gamma: float, epochs: int):
    levels = accumulate(repeat(gamma), lambda r, g: r * g, initial=rate)
    return list(islice(chain.from_iterable(repeat(level, step_size) for level in levels), epochs))


def cosine_rates(rate: float, lowest: float, epochs: int):
    turn = np.exp(1j * np.pi / epochs)
    hand = np.cumprod(np.r_[1.0, np.full(epochs - 1, turn)])
    share = (1 + hand.real) / 2
    return lowest + (rate - lowest) * share
