import torch


def _closed(formula, epochs):
    return formula(torch.arange(epochs, dtype=torch.float64)).tolist()


def step_rates(rate, step_size, gamma, epochs):
    return _closed(lambda e: (rate * gamma ** torch.div(e, step_size, rounding_mode="floor")).clamp(min=1e-4), epochs)


def cosine_rates(rate, lowest, epochs):
    return _closed(lambda e: lowest + 0.5 * (rate - lowest) * (1 + torch.cos(torch.pi * e / epochs)), epochs)
