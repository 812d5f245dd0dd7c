from itertools import accumulate, repeat, islice
from math import cos, pi


def step_rates(rate, step_size, gamma, epochs):
    factors = (gamma if e % step_size == 0 else 1 for e in range(1, epochs))
    return list(islice(accumulate(factors, lambda r, f: r * f, initial=rate), epochs))


def cosine_rates(rate, lowest, epochs):
    wave = lambda t: (1 + cos(pi * t)) / 2
    return [lowest + (rate - lowest) * wave(e / epochs) for e in range(epochs)]
