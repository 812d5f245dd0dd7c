import torch
import torch.nn.functional as F


def random_flip(images, probability, generator):
    for n in range(images.size(0)):
        if torch.rand((), generator=generator) < probability:
            images[n] = images[n].flip(-1)
    return images


def random_shift(images, reach, generator):
    n, c, h, w = images.shape
    wide = F.pad(images, [reach] * 4)
    at = torch.randint(0, 2 * reach + 1, (n, 2), generator=generator)
    return torch.stack([p[:, i:i + h, j:j + w] for p, (i, j) in zip(wide, at.tolist())])


def batch_of(images, classes, training, generator):
    if not training:
        return images, classes
    return random_shift(random_flip(images.clone(), 0.5, generator), 2, generator), classes
