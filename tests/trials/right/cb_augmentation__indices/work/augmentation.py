import functools
import torch


def quarter(image):
    return image.transpose(1, 2).flip(1)


def _turned(image):
    times = torch.multinomial(torch.ones(4), 1).item()
    return functools.reduce(lambda value, _: quarter(value), range(times), image).clone()


def _moved(image):
    c, h, w = image.shape
    down, right = (torch.rand(2) * 9).floor().long().clamp(max=8) - 4
    rows, columns = (torch.arange(h) - down) % h, (torch.arange(w) - right) % w
    return image[:, rows[:, None], columns[None, :]]


def _recoloured(image):
    channels = []
    for channel in image.unbind(0):
        factor = torch.empty((), dtype=torch.float64).uniform_(0.7, 1.3).item()
        channels.append(torch.minimum(channel * factor, torch.ones_like(channel)))
    return torch.stack(channels).to(image.dtype)


for _name in ["turned", "moved", "recoloured"]:
    globals()[_name] = functools.wraps(globals()["_" + _name])(lambda image, _f=globals()["_" + _name]: _f(image))
