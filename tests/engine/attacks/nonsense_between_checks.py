"""Have the request that opens the next check answered by a message that cannot be compared.

Ends as: failed crashed raised
"""

import sys

import numpy as np


def attack(*args):
    wire = sys.modules["worker.wire.codec"]
    encode = wire.encode

    def nonsense(value, *refer):
        return encode([["ok"], np.zeros((2, 2)), None, ""] if value[2] is None else value, *refer)

    wire.encode = nonsense
    return [0.0, 0.0]
