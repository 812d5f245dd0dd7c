import math

def step_rates(rate, step_size, gamma, epochs):
    for e in range(epochs):
        yield rate * gamma ** (e // step_size)

def cosine_rates(rate, lowest, epochs):
    return [lowest + 0.5 * (rate - lowest) * (1 + math.cos(math.pi * e / epochs)) for e in range(epochs)]
