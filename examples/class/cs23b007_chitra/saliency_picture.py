# Fill in the bodies: each docstring says what is asked.
"""What a network looks at, drawn: maps enlarged, scaled to what a picture can show, and set beside their images."""

import torch
from matplotlib.figure import Figure


def enlarge(maps: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    """Return maps of shape (N, h, w) enlarged to `size`, (H, W): shape (N, H, W), with h ≤ H and w ≤ W.

    Each map by itself; rows stay rows. How the numbers between are found (nearest, bilinear, bicubic …) is left to you,
    but a map of one number stays a map of that number, and one that has its size already stays as it is. Nothing is
    normalised.
    """
    raise NotImplementedError("saliency.picture")


def normalise(maps: torch.Tensor) -> torch.Tensor:
    """Return maps, shape (N, ...), each scaled and shifted by itself so that its least number is 0, its largest 1.

    Of a map in which all numbers are the same, such as one of zeros, all become 0. `maps` is left as it was.
    """
    raise NotImplementedError("saliency.picture")


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
    raise NotImplementedError("saliency.picture")
