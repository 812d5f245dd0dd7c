"""A small interpreter: values and local derivatives of a list of stages."""
import numpy as np

ONE = {
    "negate": (np.negative, lambda x, y: -np.ones_like(x)),
    "reciprocal": (lambda x: 1 / x, lambda x, y: -y * y),
    "exp": (np.exp, lambda x, y: y),
    "log": (np.log, lambda x, y: 1 / x),
    "square": (np.square, lambda x, y: 2 * x),
    "sqrt": (np.sqrt, lambda x, y: 0.5 / y),
    "absolute": (np.abs, lambda x, y: np.sign(x)),
    "sum": (np.sum, lambda x, y: np.ones_like(x)),
}
TWO = {
    "add": (np.add, lambda a, b: (1, 1)),
    "subtract": (np.subtract, lambda a, b: (1, -1)),
    "multiply": (np.multiply, lambda a, b: (b, a)),
    "divide": (np.divide, lambda a, b: (1 / b, -a / b**2)),
    "maximum": (np.maximum, lambda a, b: (a > b, a <= b)),
    "minimum": (np.minimum, lambda a, b: (a < b, a >= b)),
}

def run(stages, **inputs):
    known = {k: np.asarray(v, float) for k, v in inputs.items()}
    local = []
    for name, op, operands in stages:
        values = [known[o] if isinstance(o, str) else np.float64(o) for o in operands]
        if op in ONE:
            f, df = ONE[op]
            known[name] = f(*values)
            slopes = (df(values[0], known[name]),)
        else:
            f, df = TWO[op]
            known[name] = f(*values)
            slopes = df(*values)
        shape = np.shape(values[0]) if op == "sum" else np.shape(known[name])
        local.append(tuple(np.broadcast_to(np.asarray(s, float), shape).copy()
                           for s, o in zip(slopes, operands) if isinstance(o, str)))
    return known, local
