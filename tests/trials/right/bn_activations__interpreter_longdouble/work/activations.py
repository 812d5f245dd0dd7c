import numpy as np

PROGRAMS = {
    "sigmoid": [("m", "negate", ("z",)), ("e", "exp", ("m",)), ("d", "add", (1.0, "e")), ("s", "reciprocal", ("d",))],
    "tanh": [("u", "exp", ("z",)), ("v", "reciprocal", ("u",)), ("n", "subtract", ("u", "v")), ("d", "add", ("u", "v")),
             ("t", "divide", ("n", "d"))],
    "relu": [("r", "maximum", ("z", 0))],
}

VALUE = {"negate": np.negative, "reciprocal": lambda a: 1 / a, "exp": np.exp, "add": np.add, "subtract": np.subtract,
         "divide": np.divide, "maximum": np.maximum}
SLOPES = {
    "negate": lambda a: (-np.ones_like(a),),
    "reciprocal": lambda a: (-1 / a**2,),
    "exp": lambda a: (np.exp(a),),
    "add": lambda a, b: (1.0, 1.0),
    "subtract": lambda a, b: (1.0, -1.0),
    "divide": lambda a, b: (1 / b, -a / b**2),
    "maximum": lambda a, b: (1.0 * (a > b), 1.0 * (b > a)),
}


def _local(program, z):
    known, answer = {"z": np.asarray(z, dtype=float)}, []
    for name, operation, operands in program:
        values = [known.get(o, o) if isinstance(o, str) else o for o in operands]
        known[name] = VALUE[operation](*values)
        slopes = SLOPES[operation](*values)
        answer.append(tuple(s for s, o in zip(slopes, operands) if isinstance(o, str)))
    return answer


def _make(name, program):
    def decomposition():
        return list(program)

    def local(z):
        return _local(program, z)

    globals()[f"{name}_decomposition"] = decomposition
    globals()[f"{name}_local_derivatives"] = local


for _n, _p in PROGRAMS.items():
    _make(_n, _p)


def sigmoid(z):
    left = np.ma.masked_greater(np.asarray(z, dtype=np.longdouble), 0)
    right = np.ma.masked_less_equal(np.asarray(z, dtype=np.longdouble), 0)
    e = np.ma.exp(left)
    low = (e / (1 + e)).filled(0)
    high = (1 / (1 + np.ma.exp(-right))).filled(0)
    return np.asarray(low + high, dtype=np.float64)


def sigmoid_derivative(z):
    return sigmoid(z) * sigmoid(-np.asarray(z))


def tanh(z):
    small = np.exp(-2 * np.abs(np.asarray(z, dtype=np.longdouble)))
    return np.asarray(np.sign(z) * (1 - small) / (1 + small), dtype=np.float64)


def tanh_derivative(z):
    small = np.exp(-2 * np.abs(np.asarray(z, dtype=np.longdouble)))
    return np.asarray(4 * small / (1 + small) ** 2, dtype=np.float64)


def relu(z):
    return np.ma.masked_less(np.array(z, dtype=float), 0).filled(0.0)


def relu_derivative(z):
    return np.heaviside(np.asarray(z, dtype=float), 0.5)
