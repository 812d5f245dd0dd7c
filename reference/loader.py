"""Pictures and their classes as a dataset, and batches of them: a data loader of one's own.

Pictures come as an array of shape (N, H, W, 3) and dtype uint8, their classes as an integer array of shape (N,).
Whether you work with PyTorch's tensors or with NumPy's arrays is up to you. ``torch.utils.data.DataLoader`` is what is
to be written here.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import torch


class Pictures:
    """A dataset: entry k is the pair (image, class) of picture k.

    The image is float32 of shape (3, H, W) with numbers from 0 (for 0) to 1 (for 255); the class is an
    int of Python's. With a ``transform`` the image is what that makes of it, whatever it is, anew each time that the
    entry is asked for; it may change in place what it is handed. The arrays that are given are not changed.
    """

    def __init__(
        self, pictures: np.ndarray, classes: np.ndarray, transform: Callable[[torch.Tensor], torch.Tensor] | None = None
    ) -> None:
        """Keep pictures and classes."""
        self.pictures = pictures
        self.classes = classes
        self.transform = transform

    def __len__(self) -> int:
        """Return how many pictures there are."""
        return len(self.pictures)

    def __getitem__(self, k: int) -> tuple[torch.Tensor, int]:
        """Return image and class of picture k, from 0 to N - 1."""
        image = torch.from_numpy(self.pictures[k].transpose(2, 0, 1).astype(np.float32) / 255)
        if self.transform is not None:
            image = self.transform(image)
        return image, int(self.classes[k])


class BatchLoader:
    """Batches of a dataset, again and again: each ``for`` loop over it goes once through all samples.

    ``dataset`` is `Pictures`, or anything else with ``len`` whose entries from 0 on are pairs (image, class); each loop
    asks it for its entries, one by one, as they are then. A batch is the pair (images, classes) of ``batch_size``
    samples: their images stacked, of shape (B, 3, H, W) and their own dtype, and their classes, int64 of shape (B,).
    The last batch holds the samples that are left over, unless ``drop_last`` leaves them out.

    Without ``shuffle`` samples come in the order of the dataset. With it each loop has a new order, drawn at random:
    the first loop's, the second's and so on all follow from ``seed``, whatever else draws random numbers; another
    seed gives other ones.
    """

    def __init__(
        self,
        dataset: Sequence[tuple[Any, int]],
        batch_size: int,
        shuffle: bool = False,
        seed: int = 0,
        drop_last: bool = False,
    ) -> None:
        """Keep the dataset and how it is gone through."""
        self.dataset = dataset
        self.batch_size = batch_size
        self.random = torch.Generator().manual_seed(seed) if shuffle else None
        self.drop_last = drop_last

    def __len__(self) -> int:
        """Return how many batches there are in a loop."""
        full, rest = divmod(len(self.dataset), self.batch_size)
        return full + (1 if rest and not self.drop_last else 0)

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """Give the batches of one loop."""
        order = list(range(len(self.dataset)))
        if self.random is not None:
            order = torch.randperm(len(order), generator=self.random).tolist()
        for number in range(len(self)):
            samples = [self.dataset[k] for k in order[number * self.batch_size : (number + 1) * self.batch_size]]
            images = torch.stack([torch.as_tensor(image) for image, _ in samples])
            yield images, torch.tensor([each for _, each in samples])
