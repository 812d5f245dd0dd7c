"""A tiny machine for straight-line programs: run them, and differentiate each stage by itself."""
import numpy as np

ONE = {
    "negate": (lambda a: -a, lambda a: (-1.0,)),
    "reciprocal": (lambda a: 1 / a, lambda a: (-1 / (a * a),)),
    "exp": (np.exp, lambda a: (np.exp(a),)),
    "log": (np.log, lambda a: (1 / a,)),
    "square": (np.square, lambda a: (2 * a,)),
    "sqrt": (np.sqrt, lambda a: (0.5 / np.sqrt(a),)),
    "absolute": (np.abs, lambda a: (np.sign(a),)),
    "sum": (np.sum, lambda a: (1.0,)),
    "add": (np.add, lambda a, b: (1.0, 1.0)),
    "subtract": (np.subtract, lambda a, b: (1.0, -1.0)),
    "multiply": (np.multiply, lambda a, b: (b, a)),
    "divide": (np.divide, lambda a, b: (1 / b, -a / (b * b))),
    "maximum": (np.maximum, lambda a, b: (np.where(a >= b, 1.0, 0.0), np.where(a >= b, 0.0, 1.0))),
    "minimum": (np.minimum, lambda a, b: (np.where(a <= b, 1.0, 0.0), np.where(a <= b, 0.0, 1.0))),
}

def parse(text):
    """'y = add 1.0 e' line by line"""
    out = []
    for line in text.strip().splitlines():
        name, rest = line.split("=")
        op, *args = rest.split()
        out.append((name.strip(), op, tuple(_number(a) for a in args)))
    return out

def _number(a):
    try:
        return float(a)
    except ValueError:
        return a

def locals_of(program, **inputs):
    env, result = dict(inputs), []
    for name, op, operands in program:
        values = [env[o] if isinstance(o, str) else o for o in operands]
        f, df = ONE[op]
        env[name] = f(*values)
        # a derivative has an entry for each entry of the operation (sum: of its operand)
        shape = np.shape(values[0]) if op == "sum" else np.shape(env[name])
        result.append(tuple(np.broadcast_to(d, shape).copy() for d, o in zip(df(*values), operands) if isinstance(o, str)))
    return result
