import torch


def random_flip(images, probability, generator):
    n, c, h, w = images.shape
    turned = torch.rand((n, 1), generator=generator, dtype=torch.float64) < probability
    columns = torch.arange(w).expand(n, w)
    order = torch.where(turned, w - 1 - columns, columns)
    return torch.gather(images, 3, order.reshape(n, 1, 1, w).expand(n, c, h, w))


def _moved(size, distance):
    places = torch.arange(size) - distance[:, None]
    return places.clamp(0, size - 1), (0 <= places) & (places < size)


def random_shift(images, reach, generator):
    n, c, h, w = images.shape
    # one of (2·reach + 1)² places, all equally likely
    side = 2 * reach + 1
    place = torch.randint(side * side, (n,), generator=generator)
    rows, in_rows = _moved(h, place // side - reach)
    columns, in_columns = _moved(w, place % side - reach)
    picked = images[torch.arange(n)[:, None, None], :, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)
    inside = in_rows[:, None, :, None] & in_columns[:, None, None, :]
    return picked.masked_fill(~inside, 0).contiguous()


def batch_of(images, classes, training, generator):
    if not training:
        return images, classes
    for change, amount in ((random_flip, 0.5), (random_shift, 2)):
        images = change(images, amount, generator)
    return images, classes
