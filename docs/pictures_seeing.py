"""Draws docs/pictures/seeing_*.png: saliency maps, fooling images and localisation, by the reference's functions.

    python docs/pictures_seeing.py

The network is EfficientNet-Lite0, the photographs are those of examples/photographs.py. Half a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import skimage.transform
import torch
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from torch import nn
from torch.nn import functional

from grader.worker.preload import preload

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "reference"), str(ROOT / "examples")]

import fooling  # noqa: E402
import image_gradients  # noqa: E402
import localisation  # noqa: E402
import photographs  # noqa: E402

SIDE, STRIDE, WINDOW = photographs.SIDE, 32, (7, 7)
SALIENT = ("coffee", "rocket")
# Which photograph is to be taken for what.
TARGETS = {"chelsea": "goldfish", "coffee": "wine bottle"}
ENLARGED = 10
OTHER_SIDE = 256
# Whole photographs, of sides that the network's strides divide, and what is looked for in each.
SOUGHT = {"coffee": ("espresso", (384, 576)), "rocket": ("missile", (448, 672))}


class Network(NamedTuple):
    """EfficientNet-Lite0, and what its classes are called."""

    pretrained: photographs.Pretrained
    names: list[str]

    def name(self, x: torch.Tensor) -> str:
        """Return the name of what it takes an image for."""
        with torch.no_grad():
            return self.names[int(self.pretrained.model(x).argmax())]


class Features(nn.Module):
    """The network up to its last feature map."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the feature map."""
        maps: torch.Tensor = self.model.extract_features(x)
        return maps


def panels(rows: int, columns: int, width: float, height: float) -> tuple[Figure, np.ndarray]:
    """Return a figure and its axes, none of which has ticks."""
    figure = Figure(figsize=(width, height))
    figure.set_layout_engine("constrained", h_pad=0.08, w_pad=0.06)
    axes = figure.subplots(rows, columns, squeeze=False)
    for each in axes.flat:
        each.set(xticks=[], yticks=[])
    return figure, axes


def saved(figure: Figure, name: str) -> None:
    figure.savefig(ROOT / "docs" / "pictures" / f"seeing_{name}.png", dpi=64, pil_kwargs={"optimize": True})


def chosen(names: Any) -> Iterator[tuple[str, torch.Tensor]]:
    """Yield the middle square of each of these photographs, shape (1, 3, 224, 224), numbers from 0 to 1."""
    images = photographs.photographs()
    for name in names:
        yield name, images[photographs.NAMES.index(name)][None]


def as_picture(image: torch.Tensor) -> np.ndarray:
    return image[0].clamp(0, 1).permute(1, 2, 0).numpy()


def draw_saliency(network: Network) -> None:
    """Draw two photographs, each with its saliency map."""
    figure, axes = panels(1, 4, 10, 2.9)
    for (_, image), (left, right) in zip(chosen(SALIENT), axes.reshape(-1, 2), strict=True):
        x = network.pretrained.inputs(image)
        label = network.pretrained.model(x).argmax(dim=1)
        values = image_gradients.saliency_maps(network.pretrained.model, x, label)[0].numpy()
        left.imshow(as_picture(image))
        left.set_title(network.names[int(label)])
        right.imshow(values, cmap="hot", vmax=np.quantile(values, 0.995))
        right.set_title("saliency")
    saved(figure, "saliency")


def draw_fooling(network: Network) -> None:
    """Draw originals, fooling images, and what was added to them; say what the network takes each for, and smaller."""
    figure, axes = panels(len(TARGETS), 3, 7.1, 5.7)
    mean, deviation = (np.array(each) for each in (network.pretrained.mean, network.pretrained.deviation))
    for (name, image), row in zip(chosen(TARGETS), axes, strict=True):
        x, target = network.pretrained.inputs(image), network.names.index(TARGETS[name])
        fooled = fooling.fooling_image(network.pretrained.model, x, target)
        shown = fooled[0].permute(1, 2, 0).numpy() * deviation + mean
        change = shown - as_picture(image)
        row[0].imshow(as_picture(image))
        row[0].set(title=f"original: {network.name(x)}", xlabel=f"at {OTHER_SIDE}²: {network.name(resized(x))}")
        row[1].imshow(shown.clip(0, 1))
        row[1].set(title=f"fooling image: {network.name(fooled)}")
        row[1].set_xlabel(f"at {OTHER_SIDE}²: {network.name(resized(fooled))}")
        row[2].imshow((0.5 + ENLARGED * change).clip(0, 1))
        row[2].set(title=f"difference × {ENLARGED}", xlabel=f"at most {255 * np.abs(change).max():.0f} of 255")
    saved(figure, "fooling")


def resized(x: torch.Tensor) -> torch.Tensor:
    return functional.interpolate(x, size=(OTHER_SIDE, OTHER_SIDE), mode="bilinear", antialias=True)


def draw_localisation(network: Network) -> None:
    """Draw whole photographs, the response of a class to each place, and the window that it scores highest in."""
    features = Features(network.pretrained.model)
    figure, axes = panels(len(SOUGHT), 2, 8.6, 6.2)
    for (name, (wanted, size)), (left, right) in zip(SOUGHT.items(), axes, strict=True):
        small = skimage.transform.resize(photographs.whole(name), size, anti_aliasing=True)
        x = network.pretrained.inputs(torch.from_numpy(small).permute(2, 0, 1).float()[None])
        target = network.names.index(wanted)
        with torch.no_grad():
            response = localisation.response_map(features, network.pretrained.fc, x)[0, target].numpy()
            scores = localisation.sliding_scores(features, network.pretrained.fc, x, WINDOW)
        top, first = localisation.locate(scores, target, STRIDE)[0].tolist()
        peak = np.unravel_index(response.argmax(), response.shape)
        left.imshow(small)
        left.add_patch(Rectangle((first, top), SIDE, SIDE, fill=False, edgecolor="w", linewidth=2.5))
        left.set_title(f"{name}: the window that is most like {wanted}")
        right.imshow(small.mean(axis=2), cmap="gray")
        right.imshow(response, cmap="hot", alpha=0.6, extent=(0, size[1], size[0], 0), interpolation="nearest")
        right.plot((peak[1] + 0.5) * STRIDE, (peak[0] + 0.5) * STRIDE, "c+", markersize=16, markeredgewidth=2.5)
        right.set_title(f"response of {wanted} to each place")
    saved(figure, "localisation")


def main() -> None:
    preload(["torchvision"])
    torch.manual_seed(0)
    network = Network(photographs.efficientnet_lite0(), photographs.class_names())
    draw_saliency(network)
    draw_fooling(network)
    draw_localisation(network)


if __name__ == "__main__":
    main()
