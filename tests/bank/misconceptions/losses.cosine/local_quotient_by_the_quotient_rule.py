"""The quotient rule gives the derivative by what both depend on; there is one for each operand.

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
        (0.5 / lengths,),
        (1 / lengths,),
        (-1.0,),
    ]
