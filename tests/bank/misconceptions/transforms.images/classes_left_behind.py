"""The images are shuffled, and their classes are not: each class belongs to its image.

Loses: transforms.images.batch
"""

import torch


def batch_of(images, classes, training, generator):
    if not training:
        return images, classes
    order = torch.randperm(len(images), generator=generator)
    return random_shift(random_flip(images[order], 0.5, generator), 2, generator), classes
