import numpy as np

# what each operation is, and its partial derivatives by its first (and second) operand
RULES = {
    "negate": (lambda a: -a, (lambda a: -1.0,)),
    "reciprocal": (lambda a: 1 / a, (lambda a: -1 / a**2,)),
    "exp": (np.exp, (np.exp,)),
    "log": (np.log, (lambda a: 1 / a,)),
    "square": (lambda a: a * a, (lambda a: 2 * a,)),
    "sqrt": (np.sqrt, (lambda a: 0.5 / np.sqrt(a),)),
    "absolute": (np.abs, (np.sign,)),
    "add": (lambda a, b: a + b, (lambda a, b: 1.0, lambda a, b: 1.0)),
    "subtract": (lambda a, b: a - b, (lambda a, b: 1.0, lambda a, b: -1.0)),
    "multiply": (lambda a, b: a * b, (lambda a, b: b, lambda a, b: a)),
    "divide": (lambda a, b: a / b, (lambda a, b: 1 / b, lambda a, b: -a / b**2)),
    "maximum": (np.maximum, (lambda a, b: (a >= b) * 1.0, lambda a, b: (b > a) * 1.0)),
    "minimum": (np.minimum, (lambda a, b: (a <= b) * 1.0, lambda a, b: (b < a) * 1.0)),
    "sum": (np.sum, (lambda a: 1.0,)),
}


def locals_of(program, **values):
    """Run a program and write down the derivatives of its stages on the way."""
    answer = []
    for name, operation, operands in program:
        run, slopes = RULES[operation]
        given = [values[o] if isinstance(o, str) else o for o in operands]
        answer.append(tuple(slope(*given) for slope, o in zip(slopes, operands) if isinstance(o, str)))
        values[name] = run(*given)
    return answer
