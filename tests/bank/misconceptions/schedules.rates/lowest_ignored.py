"""The lowest rate is ignored: this goes down to 0.

Loses: schedules.rates.cosine
"""

import math


def cosine_rates(rate, lowest, epochs):
    return [rate * (1 + math.cos(math.pi * epoch / epochs)) / 2 for epoch in range(epochs)]
