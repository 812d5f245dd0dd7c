import numpy as np

def _bigger(a, b):
    first = np.where(np.asarray(a) >= b, 1.0, 0.0)
    return np.maximum(a, b), first, 1 - first

def _smaller(a, b):
    first = np.where(np.asarray(a) <= b, 1.0, 0.0)
    return np.minimum(a, b), first, 1 - first

STEP = {
    "exp": lambda a: (np.exp(a), np.exp(a)),
    "log": lambda a: (np.log(a), 1 / a),
    "square": lambda a: (a * a, 2 * a),
    "sqrt": lambda a: (np.sqrt(a), 0.5 / np.sqrt(a)),
    "absolute": lambda a: (np.abs(a), np.sign(a)),
    "sum": lambda a: (np.sum(a), np.ones_like(a)),
    "add": lambda a, b: (a + b, 1.0, 1.0),
    "subtract": lambda a, b: (a - b, 1.0, -1.0),
    "multiply": lambda a, b: (a * b, b, a),
    "divide": lambda a, b: (a / b, 1 / b, -a / b ** 2),
    "maximum": _bigger,
    "minimum": _smaller,
}

def run_program(stages, inputs):
    """Return the value of the last stage, and a tuple of derivatives for each stage."""
    values = {k: np.asarray(v, dtype=float) for k, v in inputs.items()}
    local = []
    for name, operation, operands in stages:
        result, *slopes = STEP[operation](*(values[o] if isinstance(o, str) else o for o in operands))
        values[name] = result
        shape = np.shape(values[operands[0]]) if operation == "sum" else np.shape(result)
        local.append(tuple(np.broadcast_to(s, shape).copy() for s, o in zip(slopes, operands) if isinstance(o, str)))
    return values[stages[-1][0]], local
