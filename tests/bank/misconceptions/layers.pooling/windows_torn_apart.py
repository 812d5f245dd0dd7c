"""The axes of rows and windows are exchanged in reshape: (H / 2, 2) keeps neighbouring rows together, (2, H / 2) tears
them apart.

Loses: layers.pooling.forward
"""


def pool_forward(x):
    n, c, height, width = x.shape
    height, width = height // 2, width // 2
    return x[:, :, : 2 * height, : 2 * width].reshape(n, c, 2, height, 2, width).max(axis=(2, 4))
