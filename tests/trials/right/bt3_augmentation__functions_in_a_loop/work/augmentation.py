from typing import Protocol
import torch


class Augmentation(Protocol):
    def __call__(self, image: torch.Tensor) -> torch.Tensor: ...


def quarter(image, k):
    for _ in range(k):
        image = image.transpose(1, 2).flip(1)
    return image


def roll(image, by):
    for dim, d in zip((1, 2), by.tolist()):
        n = image.shape[dim]
        image = image.index_select(dim, (torch.arange(n) - d) % n)
    return image


TABLE = {
    "turned": (lambda x: torch.randint(4, ()).item(), quarter),
    "moved": (lambda x: torch.randint(-4, 5, (2,)), roll),
    "recoloured": (
        lambda x: torch.empty(len(x), dtype=x.dtype).uniform_(0.7, 1.3),
        lambda x, f: torch.einsum("chw,c->chw", x, f).clamp(max=1),
    ),
}


def made(name, draw, apply) -> Augmentation:
    def f(image):
        return apply(image.clone(), draw(image))

    f.__name__ = f.__qualname__ = name
    return f


for _name, (_draw, _apply) in TABLE.items():
    vars()[_name] = made(_name, _draw, _apply)
