"""Flips and shifts by indices, all images at once."""
import torch


def random_flip(images, probability, generator):
    n, _, _, w = images.shape
    turned = torch.bernoulli(torch.full((n,), float(probability), dtype=torch.double), generator=generator).bool()
    columns = torch.arange(w)
    index = torch.where(turned[:, None], w - 1 - columns, columns)  # (n, w)
    return images.gather(3, index[:, None, None, :].expand(images.shape))


def random_shift(images, reach, generator):
    n, c, h, w = images.shape
    # one number from 0 to (2 reach + 1)² - 1 for both distances
    span = 2 * reach + 1
    both = torch.randint(span * span, (n,), generator=generator)
    down, right = both // span - reach, both % span - reach
    rows = torch.arange(h) - down[:, None]
    columns = torch.arange(w) - right[:, None]
    inside = ((rows >= 0) & (rows < h))[:, :, None] & ((columns >= 0) & (columns < w))[:, None, :]
    picked = images[
        torch.arange(n)[:, None, None, None],
        torch.arange(c)[None, :, None, None],
        rows.clamp(0, h - 1)[:, None, :, None],
        columns.clamp(0, w - 1)[:, None, None, :],
    ]
    return picked.masked_fill_(~inside[:, None], 0)


def batch_of(images, classes, training, generator):
    if not training:
        return images, classes
    return random_flip(random_shift(images, 2, generator), 0.5, generator), classes
