"""The last of the largest gets the gradient, in float32."""

import numpy as np


def pool_forward(x):
    height, width = x.shape[2] // 2 * 2, x.shape[3] // 2 * 2
    rows = np.maximum(x[:, :, 0:height:2], x[:, :, 1:height:2])
    return np.maximum(rows[..., 0:width:2], rows[..., 1:width:2]).astype(np.float32)


def pool_backward(dy, x):
    height, width = x.shape[2] // 2 * 2, x.shape[3] // 2 * 2
    dx = np.zeros(x.shape, dtype=np.float32)
    y = np.maximum(
        np.maximum(x[:, :, 0:height:2, 0:width:2], x[:, :, 0:height:2, 1:width:2]),
        np.maximum(x[:, :, 1:height:2, 0:width:2], x[:, :, 1:height:2, 1:width:2]),
    )
    taken = np.zeros(dy.shape, dtype=bool)
    for i, j in ((1, 1), (1, 0), (0, 1), (0, 0)):
        mine = (x[:, :, i:height:2, j:width:2] == y) & ~taken
        dx[:, :, i:height:2, j:width:2] = np.where(mine, dy, 0)
        taken |= mine
    return dx
