import math

NAMES = ("w1_11", "w1_12", "w1_21", "w1_22", "w2_11", "w2_12")


class Dual:
    def __init__(self, value, slope=0.0):
        self.value, self.slope = float(value), float(slope)

    def __add__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    __radd__ = __add__

    def __mul__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.value * other.value, self.value * other.slope + self.slope * other.value)

    __rmul__ = __mul__

    def tanh(self):
        t = math.tanh(self.value)
        return Dual(t, self.slope * (1 - t * t))


def sigma(z):
    return 0.5 * (0.5 * z).tanh() + 0.5


def loss(x, targets, w):
    errors = []
    for (one, two), target in zip(x, targets):
        h1 = (w["w1_11"] * one + w["w1_12"] * two).tanh()
        h2 = (w["w1_21"] * one + w["w1_22"] * two).tanh()
        errors.append(sigma(w["w2_11"] * h1 + w["w2_12"] * h2) + -target)
    return sum(e * e for e in errors) * (0.5 / len(errors))


def gradients(x, targets, weights):
    return {
        name: loss(x, targets, {other: Dual(weights[other], other == name) for other in NAMES}).slope for name in NAMES
    }


def updated(x, targets, weights, learning_rate):
    slopes = gradients(x, targets, weights)
    return {name: weights[name] - learning_rate * slopes[name] for name in NAMES}
