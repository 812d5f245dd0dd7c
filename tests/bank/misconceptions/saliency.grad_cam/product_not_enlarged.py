"""The map is not enlarged before the product.

Loses: saliency.grad_cam.product
"""

def guided_grad_cam(guided, cam):
    return guided * cam[:, None]
