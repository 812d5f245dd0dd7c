"""Leave the function wrong and have the server encode something else in its place.

Ends as: failed crashed
"""

import sys

import numpy as np


class Everything(dict):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __missing__(self, key):
        return self


def attack(*args):
    wire = sys.modules["worker.wire.codec"]
    encoder = wire._Encoder
    wire.DTYPES = frozenset("OVSUmM?bBhHiIlLqQefdFD")
    encoder._reference = lambda self, *_: (self._put("a", "|O", 1, 2), self._buffers.append(bytes(16)))
    return [Everything(), np.array([None, object()])]
