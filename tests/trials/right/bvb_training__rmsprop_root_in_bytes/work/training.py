import io

import numpy as np


def _pack(roots):
    file = io.BytesIO()
    np.savez(file, **{f"root of {name}": value for name, value in roots.items()})
    return file.getvalue()


def _unpack(memory):
    with np.load(io.BytesIO(memory), allow_pickle=False) as stored:
        return {name.removeprefix("root of "): stored[name] for name in stored.files}


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    """Keep the root of s in place of s: sqrt(rho s + (1 - rho) g^2) is a hypotenuse."""
    roots = {name: np.zeros(np.shape(p)) for name, p in parameters.items()} if memory is None else _unpack(memory)
    for x, y in batches:
        g = gradient(parameters, x, y)
        roots = {name: np.hypot(rho**0.5 * r, (1 - rho) ** 0.5 * g[name]) for name, r in roots.items()}
        parameters = {name: p - learning_rate * g[name] / (roots[name] + epsilon) for name, p in parameters.items()}
    return parameters, _pack(roots)
