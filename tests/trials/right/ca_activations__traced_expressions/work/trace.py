import numpy as np

def _max(a, b):
    return np.maximum(a, b), (np.where(a > b, 1.0, 0.0), np.where(a > b, 0.0, 1.0))

# operation -> value and derivatives by each operand
ops = {
    "negate": lambda a: (-a, (-1.0,)),
    "exp": lambda a: (np.exp(a), (np.exp(a),)),
    "reciprocal": lambda a: (1 / a, (-1 / a ** 2,)),
    "add": lambda a, b: (a + b, (1.0, 1.0)),
    "subtract": lambda a, b: (a - b, (1.0, -1.0)),
    "multiply": lambda a, b: (a * b, (b, a)),
    "maximum": _max,
}

class Traced:
    def __init__(self, name, tape):
        self.name, self.tape = name, tape

    def _stage(self, operation, *operands):
        name = f"{operation}_{len(self.tape)}"
        self.tape.append((name, operation, tuple(getattr(o, "name", o) for o in operands)))
        return Traced(name, self.tape)

    def __neg__(self): return self._stage("negate", self)
    def exp(self): return self._stage("exp", self)
    def reciprocal(self): return self._stage("reciprocal", self)
    def maximum(self, other): return self._stage("maximum", self, other)
    def __add__(self, other): return self._stage("add", self, other)
    def __radd__(self, other): return self._stage("add", other, self)
    def __sub__(self, other): return self._stage("subtract", self, other)
    def __mul__(self, other): return self._stage("multiply", self, other)
    def __rmul__(self, other): return self._stage("multiply", other, self)
