import torch

def _columns(images, coin):
    w = images.shape[-1]
    j = torch.arange(w, device=images.device)
    return torch.where(coin[:, None], w - 1 - j, j)

def random_flip(images, probability, generator):
    n, c, h, w = images.shape
    coin = torch.bernoulli(torch.full((n,), float(probability), dtype=torch.float64), generator=generator).bool().to(images.device)
    index = _columns(images, coin)[:, None, None, :].expand(n, c, h, w)
    return images.gather(3, index)

def random_shift(images, reach, generator):
    n, c, h, w = images.shape
    r = int(reach)
    big = images.new_zeros((n, c, h + 2 * r, w + 2 * r))
    big[:, :, r:r + h, r:r + w] = images
    # top left corner in the padded picture, from 0 to 2r: corner r - d is a shift by d
    corner = torch.randint(0, 2 * r + 1, (2, n, 1), generator=generator)
    rows = (corner[0] + torch.arange(h)).to(images.device)
    cols = (corner[1] + torch.arange(w)).to(images.device)
    k = torch.arange(n, device=images.device)[:, None, None]
    return big.permute(0, 2, 3, 1)[k, rows[:, :, None], cols[:, None, :]].permute(0, 3, 1, 2).contiguous()

def batch_of(images, classes, training, generator):
    steps = [lambda t: random_flip(t, .5, generator), lambda t: random_shift(t, 2, generator)] if training else []
    for step in steps:
        images = step(images)
    return images, classes
