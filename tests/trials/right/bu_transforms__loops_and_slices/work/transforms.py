import torch
from helper import each_image
import torch.nn.functional as F


@each_image
def random_flip(image, probability, generator):
    coin = torch.bernoulli(torch.tensor(float(probability)), generator=generator)
    return torch.fliplr(image.transpose(0, 1)).transpose(0, 1) if False else (image.flip(2) if coin else image)


@each_image
def random_shift(image, reach, generator):
    padded = F.pad(image, (reach,) * 4)
    top = torch.randint(2 * reach + 1, (), generator=generator).item()
    left = torch.randint(2 * reach + 1, (), generator=generator).item()
    return padded[:, top:top + image.shape[1], left:left + image.shape[2]]


def batch_of(images, classes, training, generator):
    if training:
        images = random_flip(images, 1 / 2, generator)
        images = random_shift(images, 2, generator)
    return images, classes
