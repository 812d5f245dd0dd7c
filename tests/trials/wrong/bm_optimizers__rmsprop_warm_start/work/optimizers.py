from collections import defaultdict

import numpy as np


def bowl(point):
    x, y = point
    return 10 * x ** 2 + y ** 2


def bowl_gradient(point):
    x, y = point
    return np.array([20 * x, 2 * y], dtype=float)


# name: (hyper-parameters, statements); p, m and gradient are known to the statements
RULES = {
    "SGD": ("learning_rate", "p = p - learning_rate * gradient(p)"),
    "Momentum": ("learning_rate beta", "m['v'] = beta * m['v'] + gradient(p); p = p - learning_rate * m['v']"),
    "Nesterov": (
        "learning_rate beta",
        "m['v'] = beta * m['v'] + gradient(p - learning_rate * beta * m['v']); p = p - learning_rate * m['v']",
    ),
    "AdaGrad": (
        "learning_rate epsilon",
        "g = gradient(p); m['s'] = m['s'] + g ** 2; p = p - learning_rate * g / (np.sqrt(m['s']) + epsilon)",
    ),
    "RMSProp": (
        "learning_rate rho epsilon",
        "g = gradient(p); m['s'] = rho * m['s'] + (1 - rho) * g ** 2 if 's' in m else g ** 2; "
        "p = p - learning_rate * g / (np.sqrt(m['s']) + epsilon)",
    ),
}


def make(name, arguments, statements):
    arguments = arguments.split()
    code = compile(statements, f"<{name}>", "exec")

    def __init__(self, *values, **named):
        settings = dict(zip(arguments, values)) | named
        if set(settings) != set(arguments):
            raise TypeError(f"{name} takes {arguments}")
        self.settings, self.memory = settings, defaultdict(float)

    def step(self, parameters, gradient):
        scope = {"np": np, "p": np.asarray(parameters), "m": self.memory, "gradient": gradient, **self.settings}
        exec(code, scope)
        return scope["p"]

    return type(name, (), {"__init__": __init__, "step": step, "__doc__": statements})


for _name, _rule in RULES.items():
    globals()[_name] = make(_name, *_rule)


def descend(optimizer, gradient, start, iterations):
    p = np.array(start, dtype=float)
    path = [p.copy()]
    for _ in range(iterations):
        p = optimizer.step(p, gradient)
        path.append(np.array(p))
    return np.stack(path)
