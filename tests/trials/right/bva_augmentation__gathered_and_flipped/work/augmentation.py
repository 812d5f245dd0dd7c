import torch


def turned(image):
    """A quarter turn is a transposition and a mirroring, a half turn two mirrorings."""
    one, two = torch.rand(2) < 0.5
    if one:
        image = image.transpose(-1, -2).flip(-2)
    if two:
        image = image.flip((-1, -2))
    return image


def _place(size):
    shift = torch.multinomial(torch.full((9,), 1 / 9), 1) - 4
    return (torch.arange(size) - shift) % size


def moved(image):
    _, height, width = image.shape
    return image[:, _place(height)[:, None], _place(width)]


def recoloured(image):
    factors = torch.empty(len(image), dtype=image.dtype).uniform_(0.7, 1.3)
    return torch.einsum("chw,c->chw", image, factors).minimum(image.new_ones(()))
