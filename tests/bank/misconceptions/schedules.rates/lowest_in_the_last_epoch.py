"""The lowest rate is reached in the last epoch; it would be that of the next.

Loses: schedules.rates.cosine
"""

import math


def cosine_rates(rate, lowest, epochs):
    return [lowest + (rate - lowest) * (1 + math.cos(math.pi * epoch / (epochs - 1))) / 2 for epoch in range(epochs)]
