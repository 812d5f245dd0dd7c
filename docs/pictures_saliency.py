"""Draws docs/pictures/saliency.png: five photographs and what a network looks at in them, by the reference's functions.

    python docs/pictures_saliency.py [--resnet50 FILE.png]

The network is EfficientNet-Lite0; with `--resnet50` it is ResNet-50, for whoever has its weights.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from grader.worker.preload import preload

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "reference"), str(ROOT / "examples")]

import photographs  # noqa: E402
import saliency  # noqa: E402
import saliency_picture  # noqa: E402


def draw(pretrained: photographs.Pretrained, file: Path) -> None:
    """Draw all methods for the class with the highest score."""
    images = photographs.photographs()
    model, layer, fc, *_ = pretrained
    x = pretrained.inputs(images)
    names, classes = photographs.class_names(), model(x).argmax(dim=1)
    guided = saliency.guided_backprop(model, x)
    maps = (
        saliency.vanilla_backprop(model, x),
        guided,
        saliency.class_activation_map(model, x, layer, fc),
        saliency.guided_grad_cam(guided, saliency.grad_cam(model, x, layer)),
    )
    figure = saliency_picture.draw_saliency(images, [names[k] for k in classes], *maps)
    figure.set_size_inches(10, 10.4)
    figure.savefig(file, dpi=64, pil_kwargs={"optimize": True})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--resnet50", type=Path, metavar="FILE.png", help="draw this with ResNet-50 instead")
    file = parser.parse_args().resnet50
    preload(["torchvision"])
    torch.manual_seed(0)
    try:
        network = photographs.resnet50() if file else photographs.efficientnet_lite0()
    except FileNotFoundError as missing:
        parser.error(str(missing))
    draw(network, file or ROOT / "docs" / "pictures" / "saliency.png")


if __name__ == "__main__":
    main()
