import torch

def _pick(low, high):
    return torch.randint(low, high + 1, ()).item()

def turned(image):
    turns = {0: lambda t: t, 1: lambda t: t.transpose(-1, -2).flip(-2), 2: lambda t: t.flip(-1, -2), 3: lambda t: t.transpose(-1, -2).flip(-1)}
    return turns[_pick(0, 3)](image).clone(memory_format=torch.contiguous_format)

def moved(image):
    c, h, w = image.shape
    rows = (torch.arange(h) - _pick(-4, 4)) % h
    cols = (torch.arange(w) - _pick(-4, 4)) % w
    return image[:, rows][:, :, cols]

def recoloured(image):
    out = image.clone()
    for channel in out:
        channel *= torch.empty(()).uniform_(0.7, 1.3).item()
    return torch.minimum(out, torch.ones((), dtype=out.dtype))
