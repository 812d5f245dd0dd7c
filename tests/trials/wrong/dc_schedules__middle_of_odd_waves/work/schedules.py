import math


def step_rates(rate, step_size, gamma, epochs):
    return [rate * gamma ** (epoch // step_size) for epoch in range(epochs)]


def cosine_rates(rate, lowest, epochs):
    mean, reach = (rate + lowest) / 2, (rate - lowest) / 2
    rates = [mean + reach * math.cos(math.pi * t / epochs) for t in range(epochs)]
    if epochs > 1:
        rates[epochs // 2] = mean  # half-way, without the rounding errors of cos(pi / 2)
    return rates
