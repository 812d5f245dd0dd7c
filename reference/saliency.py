"""What a network looks at: gradients of its scores with respect to the images.

Conventions of this module:

- `model` is any classifier of images: it takes a tensor of shape (N, C, H, W), with any H and W that it can
  take, and returns scores (logits) of shape (N, K), one for each of K classes.
- `images` is a tensor of shape (N, C, H, W) of the dtype of the model's parameters. Its numbers are left as they were.
- `target` says whose score is meant: None for the class that the model predicts for each image, an int for
  one class for all of them, or an integer tensor of shape (N,) for one class for each.
- The score itself is differentiated, not its probability and not a loss.
- The model computes in evaluation mode, whichever mode it arrives in. It is left as it was: its mode, its
  layers and their settings, its parameters and buffers, their `.grad` and `.requires_grad` (they may be
  frozen), and no hook remains on it.
- Maps are raw: no absolute value, no normalisation, no sum over the channels.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

# The nodes of the autograd graph that a rectifier leaves there, whether it is a module or a function:
# ReLU, ReLU6 (which is a hard tanh), and clamping.
RECTIFIERS = ("ReluBackward", "HardtanhBackward", "ClampBackward", "ClampMinBackward")


def vanilla_backprop(model: nn.Module, images: torch.Tensor, target: int | torch.Tensor | None = None) -> torch.Tensor:
    """Return the gradient of each image's score with respect to that image, shape (N, C, H, W), as `images`.

    See Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks", 2014, section 3.
    """
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        return torch.autograd.grad(score, inputs)[0]


def guided_backprop(model: nn.Module, images: torch.Tensor, target: int | torch.Tensor | None = None) -> torch.Tensor:
    """Return the guided gradient of each image's score, shape (N, C, H, W), as `images`.

    It is the gradient of `vanilla_backprop` but for one rule: on its way back through every rectifier, the
    gradient g that arrives passes as max(g, 0) where the rectifier's input x was between its ends, and is 0
    elsewhere. For a ReLU that is where x > 0, for a ReLU6 where 0 < x < 6. Every rectifier means each call of one,
    in whatever way it is written: as a module, in place, as one module called many times, within a block or among
    the dense layers; and as a function (``torch.relu``, ``torch.nn.functional.relu``, ``relu6``).

    See Springenberg, Dosovitskiy, Brox and Riedmiller, "Striving for Simplicity", 2015, section 3.4.
    """
    with _evaluating(model):
        inputs, score = _scored(model, images, target)
        for node in _nodes_before(score):
            if node.name().startswith(RECTIFIERS):
                node.register_prehook(lambda gradients: tuple(each.clamp(min=0) for each in gradients))
        return torch.autograd.grad(score, inputs)[0]


@contextmanager
def _evaluating(model: nn.Module) -> Iterator[None]:
    training = [module for module in model.modules() if module.training]
    model.eval()
    try:
        yield
    finally:
        for module in training:
            module.training = True


def _scored(
    model: nn.Module, images: torch.Tensor, target: int | torch.Tensor | None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return a copy of the images, and the sum of their scores as computed from it."""
    inputs = images.detach().clone().requires_grad_()
    scores = model(inputs)
    classes = scores.argmax(dim=1) if target is None else torch.as_tensor(target).expand(len(images))
    return inputs, scores.gather(1, classes[:, None]).sum()


def _nodes_before(value: torch.Tensor) -> set[Any]:
    """Return the nodes of the autograd graph that `value` was computed by."""
    found: set[Any] = set()
    pending: list[Any] = [value.grad_fn]
    while pending:
        node = pending.pop()
        if node is not None and node not in found:
            found.add(node)
            pending += [before for before, _ in node.next_functions]
    return found
