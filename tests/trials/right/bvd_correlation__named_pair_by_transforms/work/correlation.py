import typing

import numpy as np


class Bars(typing.NamedTuple):
    x_bar: np.ndarray
    y_bar: np.ndarray


def vjp(x, y, v):
    n = np.size(v)
    # x_bar is the correlation of v and y, a row of rotations; y_bar is the convolution of v and x
    x_bar = np.vstack([np.roll(y, -k) for k in range(n)]).T @ v
    linear = np.convolve(v, x)  # 2n - 1 entries
    y_bar = linear[:n].astype(np.float64)
    y_bar[: n - 1] += linear[n:]
    return Bars(x_bar=x_bar, y_bar=y_bar[::-1][::-1])
