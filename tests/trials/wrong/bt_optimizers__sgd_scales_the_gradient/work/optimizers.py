import numpy as np

def bowl(point):
    return float(np.polyval([10, 0, point[1] ** 2], point[0]))

def bowl_gradient(point):
    g = np.zeros(2)
    g[0] = 20 * point[0]
    g[1] = 2 * point[1]
    return g

class _Optimizer:
    def __init__(self, learning_rate):
        self.eta = learning_rate
        self._loop = None

    def step(self, parameters, gradient):
        if self._loop is None:
            self._loop = self.loop()
            next(self._loop)
        return self._loop.send((parameters, gradient))

class SGD(_Optimizer):
    def loop(self):
        p, f = yield
        while True:
            g = f(p)
            g *= self.eta
            p, f = yield p - g

class Momentum(_Optimizer):
    def __init__(self, learning_rate, beta):
        super().__init__(learning_rate)
        self.beta = beta
    def loop(self):
        p, f = yield
        v = np.zeros_like(p)
        while True:
            v = self.beta * v - self.eta * f(p)
            p, f = yield p + v

class Nesterov(Momentum):
    def loop(self):
        p, f = yield
        v = np.zeros(p.shape)
        while True:
            g = np.array(f(p))
            v = self.beta * v + g
            p, f = yield p - self.eta * (g + self.beta * v)

class AdaGrad(_Optimizer):
    def __init__(self, learning_rate, epsilon):
        super().__init__(learning_rate)
        self.eps = epsilon
    def loop(self):
        p, f = yield
        s = [0.0] * len(p)
        while True:
            g = f(p)
            q = p.copy()
            for i, gi in enumerate(g):
                s[i] += gi**2
                q[i] -= self.eta * gi / (s[i] ** 0.5 + self.eps)
            p, f = yield q

class RMSProp(AdaGrad):
    def __init__(self, learning_rate, rho, epsilon):
        AdaGrad.__init__(self, learning_rate, epsilon)
        self.rho = rho
    def loop(self):
        p, f = yield
        s = np.zeros_like(p)
        while True:
            g = f(p)
            s *= self.rho
            s += (1 - self.rho) * g**2
            p, f = yield p - self.eta * g / (np.sqrt(s) + self.eps)

def descend(optimizer, gradient, start, iterations):
    path = np.empty((iterations + 1, len(start)))
    path[0] = start
    for t in range(iterations):
        path[t + 1] = optimizer.step(path[t].copy(), gradient)
    return path
