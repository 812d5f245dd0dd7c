from math import cos, pi


def step_rates(rate, step_size, gamma, epochs, history=[]):
    for epoch in range(epochs):
        if epoch and epoch % step_size == 0:
            rate *= gamma
        history.append(rate)
    return list(history)


def cosine_rates(rate, lowest, epochs):
    return [lowest + (rate - lowest) * (1 + cos(pi * epoch / epochs)) / 2 for epoch in range(epochs)]
