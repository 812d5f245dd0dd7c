# parameters are changed in place (the homework leaves that to us)
import numpy as np


def mini_batches(x, y, order, size):
    cuts = list(range(size, len(order), size))
    return list(zip(np.split(x[order], cuts), np.split(y[order], cuts)))


class Rule:
    def __init__(self, **state):
        self.__dict__.update(state)

    def run(self, parameters, gradient, batches):
        for x, y in batches:
            grads = gradient(parameters, x, y)
            # copies: the gradient may hold views of something we are about to change
            grads = {k: np.array(grads[k], dtype=float) for k in parameters}
            for k, p in parameters.items():
                p += self.delta(k, grads[k])
        return parameters


class Plain(Rule):
    def delta(self, k, g):
        return -self.lr * g


class Heavy(Rule):
    def delta(self, k, g):
        if k not in self.v:
            self.v[k] = np.zeros_like(g)
        self.v[k] *= self.alpha
        self.v[k] -= self.lr * g
        return self.v[k]


class RMS(Rule):
    def delta(self, k, g):
        s = self.s[k] = self.rho * self.s.setdefault(k, np.zeros_like(g)) + (1 - self.rho) * g * g
        return -self.lr * g / (np.sqrt(s) + self.eps)


def sgd_epoch(parameters, gradient, batches, learning_rate):
    return Plain(lr=learning_rate).run(parameters, gradient, batches)


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    rule = Heavy(lr=learning_rate, alpha=alpha, v=memory if memory is not None else {})
    return rule.run(parameters, gradient, batches), rule.v


def rmsprop_epoch(parameters, memory, gradient, batches, learning_rate, rho, epsilon):
    rule = RMS(lr=learning_rate, rho=rho, eps=epsilon, s=memory if memory is not None else {})
    return rule.run(parameters, gradient, batches), rule.s
