from functools import wraps
import torch


def each_image(transform):
    @wraps(transform)
    def all_images(images, *rest):
        return torch.stack([transform(one, *rest) for one in images])
    return all_images
