"""NumPy's random numbers, a permutation cut into pieces, arrays."""

import math

import numpy as np


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.size, self.shuffle, self.drop = dataset, batch_size, shuffle, drop_last
        self.rng = np.random.default_rng(seed)

    def __len__(self):
        return (math.floor if self.drop else math.ceil)(len(self.dataset) / self.size)

    def __iter__(self):
        order = np.arange(len(self.dataset))
        if self.shuffle:
            self.rng.shuffle(order)
        result = []
        for part in np.array_split(order, range(self.size, len(order), self.size))[: len(self)]:
            pairs = [self.dataset[int(k)] for k in part]
            result.append((np.stack([np.asarray(p[0]) for p in pairs]), np.array([p[1] for p in pairs], dtype=np.int64)))
        return iter(result)
