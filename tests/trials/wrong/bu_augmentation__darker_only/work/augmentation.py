import random
import torch


def fresh():
    """A generator of Python's whose seed is drawn from torch's global random numbers."""
    return random.Random(int(torch.randint(0, 2**62, (1,))))


def quarter(image):
    return image.transpose(1, 2).flip(1)


def turned(image):
    out = image.clone()
    for _ in range(fresh().choice([0, 1, 2, 3])):
        out = quarter(out)
    return out


def moved(image):
    r = fresh()
    _, h, w = image.shape
    down, right = r.randint(-4, 4), r.randint(-4, 4)
    rows = [(i - down) % h for i in range(h)]
    columns = [(j - right) % w for j in range(w)]
    return image[:, rows][:, :, columns]


def recoloured(image):
    r = fresh()
    out = torch.stack([channel * (0.7 + 0.3 * r.random()) for channel in image])
    out[out > 1] = 1
    return out
