"""The images are flipped and not shifted.

Loses: transforms.images.batch
"""

import torch


def batch_of(images, classes, training, generator):
    return (random_flip(images, 0.5, generator) if training else images), classes
