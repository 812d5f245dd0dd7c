import numpy as np

def bowl(point):
    x, y = point
    return 10 * x**2 + y**2

def bowl_gradient(point):
    return np.array([20.0, 2.0]) * point

def _make(name, words, rule):
    def __init__(self, *args, **kwargs):
        self.__dict__.update(dict(zip(words, args)), **kwargs)
        self.memory = 0.0
    def step(self, parameters, gradient):
        change, self.memory = rule(self, self.memory, parameters, gradient)
        return parameters - self.learning_rate * change
    return type(name, (), {"__init__": __init__, "step": step, "__doc__": rule.__doc__})

def _plain(o, m, p, f):
    return f(p), m

def _heavy_ball(o, m, p, f):
    v = o.beta * m + f(p)
    return v, v

def _look_ahead(o, m, p, f):
    ahead = o.learning_rate * o.beta * m
    v = o.beta * m + f(p - ahead)
    return v + o.beta * m, v

def _sum(o, m, p, f):
    g = f(p)
    s = m + g * g
    return g / (np.sqrt(s) + o.epsilon), s

def _average(o, m, p, f):
    g = f(p)
    s = o.rho * m + (1 - o.rho) * g * g
    return g / (np.sqrt(s) + o.epsilon), s

SGD = _make("SGD", ["learning_rate"], _plain)
Momentum = _make("Momentum", ["learning_rate", "beta"], _heavy_ball)
Nesterov = _make("Nesterov", ["learning_rate", "beta"], _look_ahead)
AdaGrad = _make("AdaGrad", ["learning_rate", "epsilon"], _sum)
RMSProp = _make("RMSProp", ["learning_rate", "rho", "epsilon"], _average)

def descend(optimizer, gradient, start, iterations):
    path = [np.array(start, dtype=float)]
    for _ in range(iterations):
        path.append(np.array(optimizer.step(path[-1].copy(), gradient)))
    return np.stack(path)
