import numpy as np


def _huber(delta):
    """Return value and slope for one delta."""

    def value(e):
        far = np.abs(e) > delta
        return np.choose(far, [0.5 * np.square(e), delta * np.abs(e) - 0.5 * delta * delta])

    def slope(e):
        return np.choose(np.abs(e) > delta, [e, delta * np.sign(e)])

    return value, slope


def huber(prediction, target, delta):
    value, _ = _huber(delta)
    parts = np.asmatrix(value(np.asarray(prediction) - np.asarray(target)))
    ones = np.asmatrix(np.ones((parts.shape[1], 1)))
    return (parts * ones).mean().item()


def huber_gradient(prediction, target, delta):
    return _huber(delta)[1](prediction - target) / prediction.shape[0]


def huber_decomposition():
    # ½ m² + δ (|e| − m)  with m the smaller of |e| and δ
    return [
        ("e", "subtract", ("target", "prediction")),
        ("|e|", "absolute", ("e",)),
        ("m", "minimum", ("delta", "|e|")),
        ("m²", "square", ("m",)),
        ("½m²", "divide", ("m²", 2)),
        ("rest", "subtract", ("|e|", "m")),
        ("arm", "multiply", ("delta", "rest")),
        ("each", "add", ("½m²", "arm")),
        ("all", "sum", ("each",)),
    ]


def huber_local_derivatives(prediction, target, delta):
    e = target - prediction
    size = np.abs(e)
    m = np.minimum(delta, size)
    return [(1, -1), (np.sign(e),), ((delta < size).astype(float), (delta >= size).astype(float)), (2 * m,), (0.5,),
            (1, -1), (size - m, delta), (1, 1), (1,)]


def _parts(a, b):
    a, b = (np.asarray(one, dtype=np.longdouble) for one in (a, b))
    dot = np.einsum("nd,nd->n", a, b)
    aa, bb = np.einsum("nd,nd->n", a, a), np.einsum("nd,nd->n", b, b)
    return a, b, dot, aa, bb


def cosine(a, b):
    *_, dot, aa, bb = _parts(a, b)
    return np.array(np.mean(1 - dot / np.sqrt(aa) / np.sqrt(bb)), dtype=float)


def cosine_gradient(a, b):
    a, b, dot, aa, bb = _parts(a, b)
    lengths = np.sqrt(aa) * np.sqrt(bb)
    away = np.einsum("n,nd->nd", dot / aa, a) - b
    return (np.einsum("nd,n->nd", away, 1 / lengths) / len(a)).astype(float)


def cosine_decomposition():
    return [
        ("aa", "multiply", ("a", "a")), ("sa", "sum", ("aa",)), ("bb", "multiply", ("b", "b")), ("sb", "sum", ("bb",)),
        ("s", "multiply", ("sa", "sb")), ("root", "sqrt", ("s",)), ("one over", "reciprocal", ("root",)),
        ("unit", "multiply", ("one over", "a")), ("share", "multiply", ("b", "unit")), ("cos", "sum", ("share",)),
        ("minus", "negate", ("cos",)), ("loss", "add", ("minus", 1)),
    ]


def cosine_local_derivatives(a, b):
    sa, sb = a @ a, b @ b
    root = np.sqrt(sa * sb)
    return [(a, a), (1.0,), (b, b), (1.0,), (sb, sa), (1 / (2 * root),), (-1 / root**2,), (a, 1 / root), (a / root, b),
            (1.0,), (-1.0,), (1.0,)]
