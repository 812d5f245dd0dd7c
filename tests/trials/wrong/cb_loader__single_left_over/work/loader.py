import numpy as np
import torch


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.batch_size, self.drop_last = dataset, batch_size, drop_last
        self.random = np.random.default_rng(seed) if shuffle else None

    def __len__(self):
        full, rest = divmod(len(self.dataset), self.batch_size)
        return full + (rest > 1 and not self.drop_last)

    def order(self):
        n = len(self.dataset)
        return np.arange(n) if self.random is None else self.random.permutation(n)

    def __iter__(self):
        order = self.order().tolist()
        for b in range(len(self)):
            samples = [self.dataset[k] for k in order[b * self.batch_size:(b + 1) * self.batch_size]]
            images, classes = zip(*samples)
            yield torch.stack([torch.as_tensor(each) for each in images]), torch.tensor(classes, dtype=torch.int64)
