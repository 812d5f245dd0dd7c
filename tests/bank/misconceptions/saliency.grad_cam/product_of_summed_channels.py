"""The channels of the guided gradient are summed: each is weighed by itself.

Loses: saliency.grad_cam.product
"""

from torch.nn import functional


def guided_grad_cam(guided, cam):
    enlarged = functional.interpolate(cam[:, None], size=guided.shape[2:], mode="bilinear")
    return (guided.sum(dim=1, keepdim=True) * enlarged).expand_as(guided)
