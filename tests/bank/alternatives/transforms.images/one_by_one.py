"""A loop over the images, with zeros to write into."""

import torch


def random_flip(images, probability, generator):
    out = images.clone()
    for k in range(images.shape[0]):
        if torch.rand((), generator=generator).item() < probability:
            out[k] = torch.flip(images[k], dims=[-1])
    return out


def random_shift(images, reach, generator):
    out = torch.zeros_like(images)
    n, _, h, w = images.shape
    for k in range(n):
        down, right = (int(torch.randint(-reach, reach + 1, (1,), generator=generator)) for _ in range(2))
        to = slice(max(down, 0), h + min(down, 0)), slice(max(right, 0), w + min(right, 0))
        of = slice(max(-down, 0), h + min(-down, 0)), slice(max(-right, 0), w + min(-right, 0))
        out[k][:, to[0], to[1]] = images[k][:, of[0], of[1]]
    return out
