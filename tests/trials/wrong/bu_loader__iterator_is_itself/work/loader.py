import numpy as np
import torch


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.batch_size, self.shuffle, self.drop_last = dataset, batch_size, shuffle, drop_last
        self.rng = np.random.default_rng(seed)
        self.place = None

    def __len__(self):
        n, b = len(self.dataset), self.batch_size
        return n // b if self.drop_last else -(-n // b)

    def __iter__(self):
        if self.place is None:
            self.place = 0
            self.order = self.rng.permutation(len(self.dataset)) if self.shuffle else np.arange(len(self.dataset))
        return self

    def __next__(self):
        if self.place >= len(self):
            self.place = None
            raise StopIteration
        part = self.order[self.place * self.batch_size:][:self.batch_size]
        self.place += 1
        pairs = [self.dataset[int(k)] for k in part]
        return torch.stack([torch.as_tensor(p[0]) for p in pairs]), torch.tensor([p[1] for p in pairs], dtype=torch.long)
