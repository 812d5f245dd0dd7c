"""Entry points; the work is done in the package cnn."""
from cnn import backward, forward, start


def initial_parameters(seed: int):
    return start.xavier(seed)


def network_logits(parameters, x, layers):
    return forward.run(parameters, x, layers).logits


def network_gradient(parameters, x, one_hot, layers):
    # eight images at a time, to save memory
    parts = []
    for at in range(0, len(x), 8):
        kept = forward.run(parameters, x[at:at + 8], layers)
        parts.append(backward.run(parameters, kept, one_hot[at:at + 8], layers))
    return {name: sum(part[name] for part in parts) / len(parts) for name in parameters}
