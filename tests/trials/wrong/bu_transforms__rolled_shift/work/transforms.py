import torch


def random_flip(images, probability, generator):
    flips = torch.rand(len(images), generator=generator) < probability
    out = images.clone()
    out[flips] = out[flips].flip(3)
    return out


def random_shift(images, reach, generator):
    out = torch.empty_like(images)
    for n in range(len(images)):
        dy, dx = torch.randint(-reach, reach + 1, (2,), generator=generator).tolist()
        out[n] = torch.roll(images[n], shifts=(dy, dx), dims=(1, 2))
    return out


def batch_of(images, classes, training, generator):
    if training:
        return random_shift(random_flip(images, 0.5, generator), 2, generator), classes
    return images, classes
