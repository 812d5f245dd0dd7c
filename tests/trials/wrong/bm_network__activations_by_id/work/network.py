"""Entry points; the work is done in the package cnn."""
from cnn import backward, forward, start


def initial_parameters(seed: int):
    return start.xavier(seed)


def network_logits(parameters, x, layers):
    return forward.run(parameters, x, layers).logits


def network_gradient(parameters, x, one_hot, layers):
    kept = forward.run(parameters, x, layers)
    return backward.run(parameters, kept, one_hot, layers)
