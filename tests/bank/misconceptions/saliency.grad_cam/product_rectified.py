"""ReLU is put on the product: signs of the guided gradient stay.

Loses: saliency.grad_cam.product
"""

from torch.nn import functional


def guided_grad_cam(guided, cam):
    return (guided * functional.interpolate(cam[:, None], size=guided.shape[2:], mode="bilinear")).relu()
