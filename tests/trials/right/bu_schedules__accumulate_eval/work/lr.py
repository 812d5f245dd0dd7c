from itertools import accumulate
from math import cos, pi, sin
import operator

FORMULA = "lambda rate, lowest, epochs: [rate - (rate - lowest) * sin(pi * t / epochs / 2) ** 2 for t in range(epochs)]"
cosine_rates = eval(FORMULA)


def step_rates(rate: float, step_size: int, gamma: float, epochs: int) -> list:
    factors = (gamma if epoch % step_size == 0 else 1.0 for epoch in range(1, epochs))
    return list(accumulate(factors, operator.mul, initial=rate))[:epochs]
