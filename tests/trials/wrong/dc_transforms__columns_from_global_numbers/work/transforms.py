import torch


def random_flip(images, probability, generator):
    chosen = torch.rand(len(images), generator=generator) < probability
    return torch.where(chosen[:, None, None, None], images.flip(-1), images)


def random_shift(images, reach, generator):
    n, _, h, w = images.shape
    down = torch.randint(-reach, reach + 1, (n,), generator=generator).tolist()
    right = torch.randint_like(torch.tensor(down), -reach, reach + 1).tolist()
    shifted = torch.zeros_like(images)
    for k, (d, r) in enumerate(zip(down, right)):
        shifted[k, :, max(d, 0):h + min(d, 0), max(r, 0):w + min(r, 0)] = images[
            k, :, max(-d, 0):h + min(-d, 0), max(-r, 0):w + min(-r, 0)
        ]
    return shifted


def batch_of(images, classes, training, generator):
    if training:
        images = random_shift(random_flip(images, 0.5, generator), 2, generator)
    return images, classes
