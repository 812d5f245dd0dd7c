# Fill in the bodies: each docstring says what is asked.
"""What a network looks at: gradients of its scores with respect to the images, and maps of its classes.

Conventions of this module:

- `model` is any classifier of images: it takes a tensor of shape (N, C, H, W), with any H and W that it can
  take, and returns scores (logits) of shape (N, K), one for each of K classes.
- `images` is a tensor of shape (N, C, H, W) of the dtype of the model's parameters. Its numbers are left as they were.
- `target` says whose score is meant: None for the class that the model predicts for each image, an int for
  one class for all of them, or an integer tensor of shape (N,) for one class for each.
- The score itself is differentiated, not its probability and not a loss.
- The model computes in evaluation mode, whichever mode it arrives in. It is left as it was: the mode of each of its
  modules (one may be in evaluation mode while another trains), its layers and their settings, its parameters and
  buffers, their `.grad`, which may be there already, and `.requires_grad` (all or some may be frozen). Hooks that it
  had stay on it, and no other remains.
- Maps are raw: no absolute value, no normalisation, no sum over the channels of an image.
- `layer` is a module of `model` whose output has shape (N, K, h, w): K feature maps, taken as they are when it
  returns them. Of a module that is called more than once in one pass, such as one ReLU used at three places, the last
  call is meant: its output and, in `grad_cam`, the gradient with respect to that output. Nothing that follows changes
  its output in place.
"""

import torch
from torch import nn


def vanilla_backprop(model: nn.Module, images: torch.Tensor, target: int | torch.Tensor | None = None) -> torch.Tensor:
    """Return the gradient of each image's score with respect to that image: shape and dtype are those of `images`.

    See Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks", 2014, section 3.
    """
    raise NotImplementedError("saliency.vanilla")


def guided_backprop(model: nn.Module, images: torch.Tensor, target: int | torch.Tensor | None = None) -> torch.Tensor:
    """Return the guided gradient of each image's score: shape and dtype are those of `images`.

    It is the gradient of `vanilla_backprop` but for one rule: on its way back through every rectifier, the
    gradient g that arrives passes as max(g, 0) where the rectifier's input x was between its ends, and is 0
    elsewhere. For a ReLU that is where x > 0, for a ReLU6 where 0 < x < 6. Every rectifier means each call of one,
    in whatever way it is written: as a module, in place, as one module called many times, within a block or among
    the dense layers; and as a function (``torch.relu``, ``torch.nn.functional.relu``, ``relu6``).

    See Springenberg, Dosovitskiy, Brox and Riedmiller, "Striving for Simplicity", 2015, section 3.4.
    """
    raise NotImplementedError("saliency.guided")


def class_activation_map(
    model: nn.Module, images: torch.Tensor, layer: nn.Module, fc: nn.Linear, target: int | torch.Tensor | None = None
) -> torch.Tensor:
    """Return the class activation map of each image, shape (N, h, w): what each place adds to the score.

    Here the output of `layer` is averaged over its places, and `fc`, the model's last layer, makes the scores of the
    K averages. So the mean of a map over its places is the score, but for the bias of `fc`.

    Whether that bias is added at each place, and whether a ReLU at the end cuts what is negative, is left to you.
    Otherwise the map is raw, and not enlarged.

    See Zhou, Khosla, Lapedriza, Oliva and Torralba, "Learning Deep Features for Discriminative Localization", 2016,
    equation 2.
    """
    raise NotImplementedError("saliency.cam")


def grad_cam(
    model: nn.Module, images: torch.Tensor, layer: nn.Module, target: int | torch.Tensor | None = None
) -> torch.Tensor:
    """Return Grad-CAM's map of each image at `layer`, shape (N, h, w), neither normalised nor enlarged.

    Here `layer` may be anywhere in the model. The gradient is that of the score with respect to the output of `layer`,
    through rectifiers as they are. The weight of a feature map is the mean of its gradient over all places. ReLU comes
    last, so that no number is negative.

    See Selvaraju, Cogswell, Das, Vedantam, Parikh and Batra, "Grad-CAM", 2017, equations 1 and 2.
    """
    raise NotImplementedError("saliency.grad_cam")


def guided_grad_cam(guided: torch.Tensor, cam: torch.Tensor) -> torch.Tensor:
    """Return Guided Grad-CAM, shape (N, C, H, W): a guided gradient, weighed at each place by Grad-CAM's map.

    `guided` is what `guided_backprop` returns, shape (N, C, H, W); `cam` what `grad_cam` does, shape (N, h, w), with
    h ≤ H and w ≤ W. It is enlarged to H rows and W columns, in whatever way you like, but not normalised. Both
    arguments are left as they were.

    See Selvaraju and others, as above, section 3.2.
    """
    raise NotImplementedError("saliency.grad_cam")
