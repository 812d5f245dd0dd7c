"""The ½ is missing: the derivative of √x is 1 / (2 √x).

Loses: losses.cosine.local
"""

import numpy as np


def cosine_local_derivatives(a, b):
    total_a, total_b, dot = a @ a, b @ b, a @ b
    lengths = np.sqrt(total_a * total_b)
    return [
        (b, a),
        (1.0,),
        (2 * a,),
        (2 * b,),
        (1.0,),
        (1.0,),
        (total_b, total_a),
        (1 / lengths,),
        (1 / lengths, -dot / lengths**2),
        (-1.0,),
    ]
