# Fill in the bodies: each docstring says what is asked.
"""Transforms of images that leave their classes as they are: training on them reduces overfitting.

Images are tensors of shape (N, C, H, W); each of the N is transformed by itself. What is returned has the shape and
dtype of the images, and these stay as they were. All that is random is drawn from `generator`, a ``torch.Generator``:
in the same state it gives the same again.
"""

import torch


def random_flip(images: torch.Tensor, probability: float, generator: torch.Generator) -> torch.Tensor:
    """Return the images, each flipped with this probability, so that left is right, and as it is otherwise."""
    raise NotImplementedError("transforms.images")


def random_shift(images: torch.Tensor, reach: int, generator: torch.Generator) -> torch.Tensor:
    """Return the images, each shifted by up to `reach` pixels down or up, and right or left; zeros come in.

    Both distances are whole numbers from −reach to reach, all equally likely, for each image by itself. The reach is
    less than height and width.
    """
    raise NotImplementedError("transforms.images")


def batch_of(
    images: torch.Tensor, classes: torch.Tensor, training: bool, generator: torch.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the pair (images, classes) for one step.

    In training the images are flipped, each with a probability of ½, and shifted by up to 2 pixels; classes belong to
    their images as before. Otherwise both are returned as they are.
    """
    raise NotImplementedError("transforms.images")
