"""The transforms of torchvision that work on arrays as they do on tensors."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from torchvision.datasets import Digits

__all__ = ["Compose", "ToTensor"]


class ToTensor:
    """Turns an image of H×W whole numbers from 0 to 255 into floats from 0 to 1, shape (1, H, W)."""

    def __call__(self, image: Any) -> Digits:
        return (np.asarray(image, np.float32)[None] / 255).view(Digits)


class Compose:
    """Does one transform after the other."""

    def __init__(self, transforms: Sequence[Callable[[Any], Any]]) -> None:
        self.transforms = transforms

    def __call__(self, image: Any) -> Any:
        for transform in self.transforms:
            image = transform(image)
        return image
