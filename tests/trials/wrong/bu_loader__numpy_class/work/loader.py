import math
import numpy as np
import torch


class Pictures:
    def __init__(self, pictures, classes, transform=None):
        assert len(pictures) == len(classes)
        self.pictures, self.classes, self.transform = pictures, classes, transform

    def __len__(self):
        return self.pictures.shape[0]

    def __getitem__(self, k):
        if not 0 <= k < len(self):
            raise IndexError(k)
        image = np.moveaxis(self.pictures[k].astype(np.float32) / np.float32(255), -1, 0)
        image = torch.from_numpy(np.ascontiguousarray(image))
        if self.transform is not None:
            image = self.transform(image)
        return image, self.classes[k]


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.batch_size = dataset, batch_size
        self.shuffle, self.seed, self.drop_last = shuffle, seed, drop_last
        self.loops = 0

    def __len__(self):
        n = len(self.dataset) / self.batch_size
        return math.floor(n) if self.drop_last else math.ceil(n)

    def __iter__(self):
        order = np.arange(len(self.dataset))
        if self.shuffle:
            order = np.random.default_rng([self.seed, self.loops]).permutation(order)
        self.loops += 1
        return self._batches(order.tolist())

    def _batches(self, order):
        for b in range(len(self)):
            samples = [self.dataset[k] for k in order[b * self.batch_size:(b + 1) * self.batch_size]]
            images, classes = zip(*samples)
            yield torch.stack([torch.as_tensor(i) for i in images]), torch.tensor(classes, dtype=torch.int64)
