"""The rate falls along a straight line; a cosine is asked for.

Loses: schedules.rates.cosine
"""

def cosine_rates(rate, lowest, epochs):
    return [rate + (lowest - rate) * epoch / epochs for epoch in range(epochs)]
