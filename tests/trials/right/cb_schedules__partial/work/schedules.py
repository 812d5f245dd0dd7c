import math
from functools import partial


def _rates(rule, epochs):
    return [rule(epoch) for epoch in range(epochs)]


def step_rates(rate, step_size, gamma, epochs):
    return _rates(lambda epoch: rate * gamma ** (epoch // step_size), epochs)


def _cosine(rate, lowest, epochs, epoch):
    return lowest + (rate - lowest) * (1 + math.cos(math.pi * epoch / epochs)) / 2


def cosine_rates(rate, lowest, epochs):
    return _rates(partial(_cosine, rate, lowest, epochs), epochs)
