"""Return booleans that are neither true nor false: bytes of 2 and 255, which comparisons take differently.

Ends as: crashed
"""

import gc
import os
import sys

import numpy as np


def attack(*args):
    server = next(o for o in gc.get_objects() if type(o).__name__ == "Server")
    frame = sys.modules["worker.wire.codec"].encode(["ok", server._id, [np.array([True, True]), []], ""])
    os.write(3, frame.replace(b"\x01\x01", b"\x02\xff"))


bowl = bowl_gradient = descend = SGD = Momentum = Nesterov = AdaGrad = RMSProp = lambda *args, **kwargs: attack()
