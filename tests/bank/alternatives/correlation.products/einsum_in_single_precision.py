"""einsum over index tables, in float32."""

import numpy as np


def vjp(x, y, v):
    table = np.add.outer(np.arange(len(x)), np.arange(len(x))) % len(x)
    x_bar = np.einsum("k,ki->i", v, y[table])
    y_bar = np.zeros(len(x))
    np.add.at(y_bar, table, np.outer(v, x))
    return x_bar.astype(np.float32), y_bar.astype(np.float32)
