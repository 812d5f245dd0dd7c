import torch


def random_flip(images, probability, generator):
    n = images.shape[0]
    chosen = torch.rand(n, generator=generator) < probability
    return torch.where(chosen.view(n, 1, 1, 1).to(images.device), images.flip(-1), images)


def random_shift(images, reach, generator):
    n, c, h, w = images.shape
    down, over = torch.randint(-reach, reach, (2, n), generator=generator).to(images.device)
    rows = torch.arange(h, device=images.device)[None, :] - down[:, None]
    cols = torch.arange(w, device=images.device)[None, :] - over[:, None]
    inside = ((rows >= 0) & (rows < h))[:, :, None] & ((cols >= 0) & (cols < w))[:, None, :]
    which = torch.arange(n, device=images.device)[:, None, None]
    moved = images.permute(0, 2, 3, 1)[which, rows.clamp(0, h - 1)[:, :, None], cols.clamp(0, w - 1)[:, None, :]]
    moved = moved.permute(0, 3, 1, 2)
    return moved * inside[:, None].to(images.dtype)


def batch_of(images, classes, training, generator):
    if not training:
        return images, classes
    return random_shift(random_flip(images, 0.5, generator), 2, generator), classes
