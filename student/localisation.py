# Fill in the bodies: each docstring says what is asked.
"""Where in an image is it? A classifier of small images, run on larger ones at all places at once.

Such a classifier is a stack of convolutions, `features`, an average over all places of its last feature map, and a
dense layer, `fc`. Neither of the three knows how large an image is: on a larger one the feature map is larger, and the
dense layer, as a convolution with kernels of 1 × 1, says of each place what it would say of the whole.

Conventions of this module: `features` is a module that takes images of shape (N, C, H, W), with any H and W that are
large enough, and returns feature maps of shape (N, F, h, w). `fc` is a ``torch.nn.Linear`` from F features to the
scores of K classes, with or without bias. Features are computed in evaluation mode, whichever mode they arrive
in; both modules are left as they were: their mode, and that of each module within (one may be in evaluation mode while
another trains), their parameters and buffers; so are the images' numbers, and scores that are passed in. Scores are
raw: no softmax, no normalisation, no up-sampling.
"""

import torch
from torch import nn


def response_map(features: nn.Module, fc: nn.Linear, images: torch.Tensor) -> torch.Tensor:
    """Return the classifier's response to each place of the last feature map, before any pooling: (N, K, h, w).

    Entry (n, k, i, j) is class k's score for a classifier that sees the features at (i, j) and nothing else, bias
    included. The mean of a map over its places is the score of the whole image.
    """
    raise NotImplementedError("localisation.response")


def sliding_scores(features: nn.Module, fc: nn.Linear, images: torch.Tensor, window: tuple[int, int]) -> torch.Tensor:
    """Return the classifier's scores at each place of a larger image: (N, K, h − rows + 1, w − columns + 1).

    `window` is (rows, columns), the size of the feature map of an image of the size that the classifier was trained at.
    Entry (n, k, i, j) is class k's score where the average is taken over the rows i to i + rows − 1 and the columns j
    to j + columns − 1 of the feature map. For an image of the classifier's own size that is one place, and the
    classifier itself.
    """
    raise NotImplementedError("localisation.sliding")


def locate(scores: torch.Tensor, target: int, stride: int) -> torch.Tensor:
    """Return where in each image class `target` scores highest, in pixels: an integer tensor of shape (N, 2).

    `scores` are those of `sliding_scores`. `stride` is the total stride of the features, the product of the strides of
    all their layers: one step on the feature map is so many pixels of the image. A row of the result is (row, column)
    of the upper left pixel of the window with the highest score, where (0, 0) is that of the image. Any of equals.
    """
    raise NotImplementedError("localisation.place")
