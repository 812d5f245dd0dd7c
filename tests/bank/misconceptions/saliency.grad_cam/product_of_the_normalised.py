"""The map is scaled to 0 … 1 before the product, which is 0/0 where it is the same everywhere: multiply by it as it is.

Loses: saliency.grad_cam.product
"""

from torch.nn import functional


def guided_grad_cam(guided, cam):
    least, most = cam.amin(dim=(1, 2), keepdim=True), cam.amax(dim=(1, 2), keepdim=True)
    cam = (cam - least) / (most - least)
    return guided * functional.interpolate(cam[:, None], size=guided.shape[2:], mode="bilinear")
