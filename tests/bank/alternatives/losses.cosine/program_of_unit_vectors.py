"""The program divides each vector by its length and then multiplies."""

import numpy as np


def cosine_decomposition():
    return [
        ("aa", "multiply", ("a", "a")),
        ("a2", "sum", ("aa",)),
        ("la", "sqrt", ("a2",)),
        ("ia", "reciprocal", ("la",)),
        ("u", "multiply", ("a", "ia")),
        ("bb", "multiply", ("b", "b")),
        ("b2", "sum", ("bb",)),
        ("lb", "sqrt", ("b2",)),
        ("v", "divide", ("b", "lb")),
        ("uv", "multiply", ("u", "v")),
        ("cos", "sum", ("uv",)),
        ("minus", "negate", ("cos",)),
        ("loss", "add", ("minus", 1)),
    ]


def cosine_local_derivatives(a, b):
    la, lb = np.linalg.norm(a), np.linalg.norm(b)
    u, v = a / la, b / lb
    return [
        (a, a),
        (1,),
        (0.5 / la,),
        (-1 / la**2,),
        (1 / la, a),
        (b, b),
        (1,),
        (0.5 / lb,),
        (1 / lb, -b / lb**2),
        (v, u),
        (1,),
        (-1,),
        (1,),
    ]
