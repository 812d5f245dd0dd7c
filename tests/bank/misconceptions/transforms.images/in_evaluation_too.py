"""The images for evaluation are transformed too: there they stay as they are.

Loses: transforms.images.batch
"""

import torch


def batch_of(images, classes, training, generator):
    return random_shift(random_flip(images, 0.5, generator), 2, generator), classes
