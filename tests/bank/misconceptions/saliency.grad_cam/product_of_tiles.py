"""The map is repeated side by side before the product: each place is to grow by itself.

Loses: saliency.grad_cam.product
"""

import torch


def guided_grad_cam(guided, cam):
    rows, columns = (-(-large // small) for large, small in zip(guided.shape[2:], cam.shape[1:]))
    return guided * cam.repeat(1, rows, columns)[:, None, : guided.shape[2], : guided.shape[3]]
