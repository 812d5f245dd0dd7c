"""The same number of images is flipped in each batch: flip each image with the probability, by itself.

Loses: transforms.images.flip
"""

import torch


def random_flip(images, probability, generator):
    chosen = torch.randperm(len(images), generator=generator)[: round(probability * len(images))]
    out = images.clone()
    out[chosen] = images[chosen].flip(-1)
    return out
