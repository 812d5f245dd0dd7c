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
    """Return a figure of matplotlib's with a row for each of N images, and five axes in each row.

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
    count, _, *size = images.shape
    figure = Figure(figsize=(11, 2.3 * count), layout="constrained")
    rows = figure.subplots(count, 1 + len(METHODS), squeeze=False)
    heat = normalise(enlarge(cam, (size[0], size[1])))
    for index, row in enumerate(rows):
        shown = [_pixels(images[index]), *(_relief(maps[index]) for maps in (vanilla, guided)), _pixels(images[index])]
        for axes, picture in zip(row, [*shown, _relief(guided_cam[index])], strict=True):
            axes.imshow(picture, cmap="gray")
            axes.set_axis_off()
        row[3].imshow(heat[index].detach().numpy(), cmap="jet", alpha=0.5)
        row[0].set_title(names[index])
    for axes, method in zip(rows[0][1:], METHODS, strict=True):
        axes.set_title(method)
    return figure


def _pixels(image: torch.Tensor) -> np.ndarray:
    """Return an image (3, H, W) as matplotlib wants it, (H, W, 3)."""
    return image.detach().permute(1, 2, 0).numpy()


def _relief(gradient: torch.Tensor) -> np.ndarray:
    """Return a map (3, H, W) in colours around grey, which stands for 0; the few largest numbers are cut."""
    deviation = gradient.std() + torch.finfo(gradient.dtype).tiny
    return _pixels((0.5 + gradient / (6 * deviation)).clamp(0, 1))
