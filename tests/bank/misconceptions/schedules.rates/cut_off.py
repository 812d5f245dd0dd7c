"""The cosine goes down to 0 and is cut off at the lowest rate: the whole half wave lies above that.

Loses: schedules.rates.cosine
"""

import math


def cosine_rates(rate, lowest, epochs):
    return [max(lowest, rate * (1 + math.cos(math.pi * epoch / epochs)) / 2) for epoch in range(epochs)]
