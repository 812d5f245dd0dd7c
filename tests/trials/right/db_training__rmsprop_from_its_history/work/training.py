import numpy as np


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    """The average written out: s = (1 - rho) (g_t^2 + rho g_(t-1)^2 + rho^2 g_(t-2)^2 + ...), from the list of all g."""
    seen = list(memory or ())
    p = {name: np.array(value, dtype=float) for name, value in parameters.items()}
    for x, y in batches:
        seen.append({name: np.array(g, dtype=float) for name, g in gradient(p, x, y).items()})
        ages = range(len(seen) - 1, -1, -1)
        for name in p:
            s = (1 - rho) * sum(rho**age * old[name] ** 2 for age, old in zip(ages, seen))
            p[name] = p[name] - learning_rate * seen[-1][name] / (s**0.5 + epsilon)
    return p, tuple(seen)
