import torch


def random_flip(images, probability, generator):
    yes = torch.rand(len(images), generator=generator) < probability
    return torch.where(yes[:, None, None, None], images.flip(-1), images)


def random_shift(images, reach, generator):
    out = torch.zeros_like(images)
    n, _, h, w = images.shape
    for i in range(n):
        if reach > 0:
            dy = int(torch.randint(-reach, reach, (1,), generator=generator))
            dx = int(torch.randint(-reach, reach, (1,), generator=generator))
        else:
            dy = dx = 0
        out[i, :, max(dy, 0) : h + min(dy, 0), max(dx, 0) : w + min(dx, 0)] = images[
            i, :, max(-dy, 0) : h + min(-dy, 0), max(-dx, 0) : w + min(-dx, 0)
        ]
    return out


def batch_of(images, classes, training, generator):
    if training:
        images = random_shift(random_flip(images, 0.5, generator), 2, generator)
    return images, classes
