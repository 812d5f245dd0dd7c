"""Transforms, drawn from a generator."""
import torch


def random_flip(images, probability, generator):
    coins = torch.rand(len(images), generator=generator) < probability
    return torch.where(coins[:, None, None, None], images.flip(-1), images)


def random_shift(images, reach, generator):
    n, c, h, w = images.shape
    moves = torch.randint(-reach, reach + 1, (n, 2), generator=generator)
    out = torch.zeros_like(images)
    for k, (down, right) in enumerate(moves.tolist()):
        if abs(down) >= h or abs(right) >= w:
            continue
        rows = slice(max(down, 0), h + min(down, 0))
        columns = slice(max(right, 0), w + min(right, 0))
        rows_from = slice(max(-down, 0), h + min(-down, 0))
        columns_from = slice(max(-right, 0), w + min(-right, 0))
        out[k, :, rows, columns] = images[k, :, rows_from, columns_from]
    return out


def batch_of(images, classes, training, generator):
    if training:
        images = random_shift(random_flip(images, 0.5, generator), 2, generator)
    return images, classes
