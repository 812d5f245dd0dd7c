"""What a network looks at, drawn: maps enlarged, scaled to what a picture can show, and set beside their images."""

import numpy as np
import torch
from matplotlib.figure import Figure
from torch.nn import functional

METHODS = ("Vanilla", "Guided backprop", "CAM", "Guided Grad-CAM")


def enlarge(maps: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    """Return maps of shape (N, h, w) enlarged to `size`, (H, W): shape (N, H, W), with h ≤ H and w ≤ W.

    Each map by itself; rows stay rows. How the numbers between are found (nearest, bilinear, bicubic …) is left to you,
    but a map of one number stays a map of that number, and one that has its size already stays as it is. Nothing is
    normalised.
    """
    return functional.interpolate(maps[:, None], size=size, mode="bilinear")[:, 0]


def normalise(maps: torch.Tensor) -> torch.Tensor:
    """Return maps, shape (N, ...), each scaled and shifted by itself so that its least number is 0, its largest 1.

    Of a map in which all numbers are the same, such as one of zeros, all become 0. `maps` is left as it was.
    """
    flat = maps.flatten(start_dim=1)
    flat = flat - flat.amin(dim=1, keepdim=True)
    largest = flat.amax(dim=1, keepdim=True)
    return (flat / largest.where(largest > 0, torch.ones_like(largest))).reshape(maps.shape)


def draw_saliency(
    images: torch.Tensor,
    names: list[str],
    vanilla: torch.Tensor,
    guided: torch.Tensor,
    cam: torch.Tensor,
    guided_cam: torch.Tensor,
) -> Figure:
    """Return a figure of matplotlib's with a row for each of N images, two or more, and five axes in each row.

    `images` has shape (N, 3, H, W), numbers from 0 to 1; `names` are the N names of their classes. The other tensors
    are raw maps: `vanilla`, `guided` and `guided_cam` of shape (N, 3, H, W), `cam` of shape (N, h, w), with h ≤ H and
    w ≤ W. A map may be zero everywhere. None of the tensors is changed.

    The axes are made row by row and from left to right, as ``Figure.subplots`` does it. In a row they show by `imshow`

    1. the image, with the name of its class in their title,
    2. `vanilla`, 3. `guided` and 5. `guided_cam`, each in colour or as one number for each pixel that is made of the
       three channels, such as the largest absolute value, scaled to be seen,
    4. `cam`, enlarged to the image's size, one number for each pixel: a colour map gives the colours. The image may
       lie beneath it, as a picture of its own.

    In the first row at least, the titles of axes 2 to 5 hold ``vanilla``, ``guided backprop``, ``CAM`` and
    ``guided Grad-CAM``, in capitals or not. All the rest is yours: a person looks at how clear it is.
    """
    grey = _about_grey(vanilla).sub(0.5).abs().amax(dim=1) * 2
    heat = normalise(enlarge(cam, (images.shape[2], images.shape[3])))
    columns = [images, grey, _about_grey(guided), images, _about_grey(guided_cam)]
    figure = Figure(layout="constrained")
    rows = figure.subplots(len(images), len(columns))
    for index, row in enumerate(rows):
        for axes, pictures in zip(row, columns, strict=True):
            axes.imshow(_pixels(pictures[index]), cmap="gray")
            axes.set_axis_off()
        row[3].imshow(heat[index].numpy(), cmap="inferno", alpha=0.6)  # its order is seen without colours too
        row[0].set_title(names[index])
    for axes, method in zip(rows[0, 1:], METHODS, strict=True):
        axes.set_title(method)
    return figure


def _about_grey(maps: torch.Tensor) -> torch.Tensor:
    """Return maps with 0 as a middle grey, ½, and 98 of 100 numbers between 0 and 1, which bound the others.

    A few numbers are much larger than all others: scaled by those, a map is grey all over.
    """
    size = maps.flatten(start_dim=1).abs()
    bound = size.quantile(0.98, dim=1)
    bound = torch.where(bound > 0, bound, size.amax(dim=1).clamp(min=torch.finfo(maps.dtype).tiny))
    return 0.5 + (maps / bound.reshape(-1, 1, 1, 1)).clamp(-1, 1) / 2


def _pixels(picture: torch.Tensor) -> np.ndarray:
    """Return a picture as matplotlib wants it: (3, H, W) as (H, W, 3), and (H, W) as it is."""
    return torch.movedim(picture, 0, -1).numpy() if picture.ndim == 3 else picture.numpy()
