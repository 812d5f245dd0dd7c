from dataclasses import dataclass, field
import numpy as np

class Rule:
    known = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Rule.known[cls.__name__.lower()] = cls

    def update(self, name, p, g):
        raise NotImplementedError

@dataclass
class Sgd(Rule):
    rate: float
    def update(self, name, p, g):
        return p - self.rate * g

@dataclass
class Momentum(Rule):
    v: dict = field(default_factory=dict)
    def with_(self, **settings):
        self.__dict__.update(settings)
        return self
    def update(self, name, p, g):
        self.v[name] = self.alpha * self.v.get(name, 0.0) - self.rate * g
        return p + self.v[name]

@dataclass
class RmsProp(Momentum):
    def update(self, name, p, g):
        self.v[name] = self.rho * self.v.get(name, np.zeros_like(p)) + (1 - self.rho) * g**2
        return p - self.rate * g / (np.sqrt(self.v[name]) + self.epsilon)

def _epoch(rule, parameters, gradient, batches):
    for x, y in batches:
        g = gradient(parameters, x, y)
        parameters = {name: rule.update(name, p, g[name]) for name, p in parameters.items()}
    return parameters

def mini_batches(x, y, order, size):
    order = np.asarray(order)
    return [(x[order[i:i + size]], y[order[i:i + size]]) for i in range(0, len(order), size)]

def sgd_epoch(parameters, gradient, batches, learning_rate):
    return _epoch(Rule.known["sgd"](learning_rate), parameters, gradient, batches)

def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    # a copy, so that a memory can be used twice
    rule = Momentum(dict(memory.v) if memory is not None else {}).with_(rate=learning_rate, alpha=alpha)
    return _epoch(rule, parameters, gradient, batches), rule

def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    rule = Rule.known["rmsprop"](dict(memory.v) if memory is not None else {}).with_(rate=learning_rate, rho=rho, epsilon=epsilon)
    return _epoch(rule, parameters, gradient, batches), rule
