# Fill in the bodies: each docstring says what is asked.
"""The digits of MNIST: loading them, and choosing a few of each class."""

import numpy as np


def load_mnist(root: str, train: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the images and the labels of MNIST's training part (``train=True``) or test part, in its order.

    Images have shape (N, 28, 28), whole numbers from 0, paper, to 255, ink; labels have shape (N,), whole numbers
    from 0 to 9. Load them with ``torchvision.datasets.MNIST(root, train=train)``, whose `data` and `targets` become
    arrays by ``.numpy()``. Where MNIST is not yet in the folder `root`, and for you alone, pass ``download=True`` too.

    While your work is checked, torchvision is a small stand-in that holds 1000 and 100 of MNIST's digits. It has
    `datasets.MNIST`, and `ToTensor` and `Compose` of `transforms`; there is no PyTorch beside it.
    """
    raise NotImplementedError("digits.chosen")


def choose_digits(images: np.ndarray, labels: np.ndarray, per_class: int) -> tuple[np.ndarray, np.ndarray]:
    """Return `per_class` different digits of each of the ten classes, as a network takes them: a pair (x, one_hot).

    `images` has shape (N, 28, 28), numbers from 0 to 255; `labels` has shape (N,), numbers from 0 to 9, in any order
    and not all equally often. x has shape (10 · per_class, 1, 28, 28), the chosen images as numbers from 0 to 1;
    one_hot has shape (10 · per_class, 10), in each row a 1 at the label and 0 elsewhere. Which digits of a class are
    chosen, and their order, is up to you. `images` and `labels` are left as they are.
    """
    raise NotImplementedError("digits.chosen")
