from itertools import islice
from typing import NamedTuple

import numpy as np


class Batch(NamedTuple):
    images: np.ndarray
    classes: np.ndarray


class BatchLoader:
    """Each loop takes the next child of the seed, and is a generator of its own."""

    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.batch_size, self.shuffle, self.drop_last = dataset, batch_size, shuffle, drop_last
        self._seeds = np.random.SeedSequence(seed)

    def __len__(self):
        n = len(self.dataset)
        return n // self.batch_size if self.drop_last else -(-n // self.batch_size)

    def __iter__(self):
        n = len(self.dataset)
        order = range(n)
        if self.shuffle:
            (child,) = self._seeds.spawn(1)
            order = np.random.Generator(np.random.Philox(child)).random(n).argsort().tolist()
        return self._loop(iter(order))

    def _loop(self, order):
        while places := list(islice(order, self.batch_size)):
            if self.drop_last and len(places) < self.batch_size:
                return
            images, classes = zip(*map(self.dataset.__getitem__, places))
            yield Batch(np.stack([np.asarray(image) for image in images]), np.asarray(classes, dtype=np.int64))
