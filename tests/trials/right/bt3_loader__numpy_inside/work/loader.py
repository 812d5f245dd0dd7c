import math
from collections.abc import Sequence
import numpy as np


class Pictures(Sequence):
    def __init__(self, pictures, classes, transform=None):
        assert len(pictures) == len(classes)
        self.pictures, self.classes, self.transform = pictures, classes, transform

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, k):
        image = np.ascontiguousarray(np.moveaxis(self.pictures[k], -1, 0), dtype=np.float32) / np.float32(255)
        if self.transform is not None:
            image = self.transform(image)
        return image, int(self.classes[k])


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.__dict__.update(dataset=dataset, batch_size=batch_size, shuffle=shuffle, drop_last=drop_last)
        self.random = np.random.default_rng(seed)

    def __len__(self):
        share = len(self.dataset) / self.batch_size
        return math.floor(share) if self.drop_last else math.ceil(share)

    def __iter__(self):
        n = len(self.dataset)
        order = self.random.permutation(n) if self.shuffle else np.arange(n)
        for b in range(len(self)):
            entries = [self.dataset[int(k)] for k in order[b * self.batch_size : (b + 1) * self.batch_size]]
            images, classes = zip(*entries)
            yield np.stack([np.asarray(image) for image in images]), np.array(classes, dtype=np.int64)
