import math


def step_rates(rate, step_size, gamma, epochs):
    rates, now = [], rate
    for epoch in range(1, epochs + 1):
        rates.append(round(now, 6))
        if epoch % step_size == 0:
            now *= gamma
    return rates


def cosine_rates(rate, lowest, epochs):
    return [lowest + (rate - lowest) * (1 + math.cos(math.pi * t / epochs)) / 2 for t in range(epochs)]
