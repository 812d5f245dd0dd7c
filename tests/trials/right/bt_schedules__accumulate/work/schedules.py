from itertools import accumulate
from math import cos, pi

def step_rates(rate, step_size, gamma, epochs):
    factors = [gamma if e % step_size == 0 else 1 for e in range(1, epochs)]
    return list(accumulate(factors, lambda a, b: a * b, initial=rate))[:epochs]

def cosine_rates(rate, lowest, epochs):
    return [lowest + (rate - lowest) * (1 + cos(pi * t / epochs)) / 2 for t in range(epochs)]
