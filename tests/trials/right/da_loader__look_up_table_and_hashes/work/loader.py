
import hashlib

import numpy as np
import torch

TABLE = torch.arange(256, dtype=torch.float32) / 255


class Pictures(torch.utils.data.Dataset):
    def __init__(self, pictures, classes, transform=None):
        self.pictures, self.classes, self.transform = pictures, classes, transform

    def __len__(self):
        return self.pictures.shape[0]

    def __getitem__(self, k):
        numbers = torch.tensor(self.pictures[k].astype(np.int64))
        image = torch.stack([TABLE[channel] for channel in numbers.unbind(2)])
        if self.transform is not None:
            image = self.transform(image)
        return image, int(self.classes[k])


class Loop:
    def __init__(self, dataset, batches):
        self.dataset, self.batches = dataset, iter(batches)

    def __iter__(self):
        return self

    def __next__(self):
        images, classes = zip(*map(self.dataset.__getitem__, next(self.batches)))
        stack = torch.stack if isinstance(images[0], torch.Tensor) else np.stack
        return stack(images), torch.tensor([int(c) for c in classes], dtype=torch.int64)


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.batch_size, self.shuffle, self.seed, self.drop_last = dataset, batch_size, shuffle, seed, drop_last
        self.loops = 0

    def __len__(self):
        whole, rest = divmod(len(self.dataset), self.batch_size)
        return whole if self.drop_last or not rest else whole + 1

    def __iter__(self):
        order = list(range(len(self.dataset)))
        if self.shuffle:
            order.sort(key=lambda k: hashlib.sha256(f"{self.seed}/{self.loops}/{k}".encode()).digest())
        self.loops += 1
        return Loop(self.dataset, [order[b * self.batch_size : (b + 1) * self.batch_size] for b in range(len(self))])
