"""Return objects that claim to equal whatever they are compared with.

Ends as: failed
"""

import numpy as np


class Liar:
    shape, dtype, ndim, size = (2,), np.dtype(float), 1, 2
    __class__ = np.ndarray
    __hash__ = None

    def __eq__(self, other):
        return True

    __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = all = any = lambda self, *args: True

    def __ne__(self, other):
        return False

    def __float__(self):
        return 0.0

    def __array__(self, dtype=None, copy=None):
        return np.zeros(2)

    def __array_ufunc__(self, *args, **kwargs):
        return self

    def __array_function__(self, *args, **kwargs):
        return self

    def __getattr__(self, name):
        return lambda *args, **kwargs: self


def attack(*args):
    return Liar()
