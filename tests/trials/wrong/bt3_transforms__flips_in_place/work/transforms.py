import torch
import torch.nn.functional as F


def random_flip(images, probability, generator):
    yes = torch.rand(images.shape[0], generator=generator) < probability
    images[yes] = images[yes].flip(3)
    return images


def random_shift(images, reach, generator):
    n, c, h, w = images.shape
    padded = F.pad(images, [reach] * 4)
    tops = torch.randint(0, 2 * reach + 1, (n,), generator=generator)
    lefts = torch.randint(0, 2 * reach + 1, (n,), generator=generator)
    return torch.stack([p[:, t : t + h, l : l + w] for p, t, l in zip(padded, tops.tolist(), lefts.tolist())])


def batch_of(images, classes, training, generator):
    if training:
        images = random_shift(random_flip(images, 0.5, generator), 2, generator)
    return images, classes
