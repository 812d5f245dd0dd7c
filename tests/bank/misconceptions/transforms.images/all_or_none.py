"""The whole batch is flipped, or none of it: each image by itself.

Loses: transforms.images.flip, transforms.images.batch
"""

import torch


def random_flip(images, probability, generator):
    return images.flip(3) if torch.rand(1, generator=generator) < probability else images.clone()
