import numpy as np
import torch


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.batch_size, self.drop_last = dataset, batch_size, drop_last
        self.random = np.random.default_rng(seed) if shuffle else None

    def __len__(self):
        full, rest = divmod(len(self.dataset), self.batch_size)
        return full + (rest > 0 and not self.drop_last)

    def order(self):
        n = len(self.dataset)
        if self.random is None:
            return np.arange(n)
        parts = [np.arange(n)[k:k + self.batch_size] for k in range(0, n, self.batch_size)]
        return np.concatenate([parts[k] for k in self.random.permutation(len(parts))])

    def __iter__(self):
        order = self.order().tolist()
        for b in range(len(self)):
            samples = [self.dataset[k] for k in order[b * self.batch_size:(b + 1) * self.batch_size]]
            images, classes = zip(*samples)
            yield torch.stack([torch.as_tensor(each) for each in images]), torch.tensor(classes, dtype=torch.int64)
