import random
import torch


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.batch_size, self.shuffle, self.drop_last = dataset, batch_size, shuffle, drop_last
        self.random = random.Random(seed)

    def groups(self):
        n, b = len(self.dataset), self.batch_size
        return [range(i, min(i + b, n)) for i in range(0, n, b) if i + b <= n or not self.drop_last]

    def __len__(self):
        return len(self.groups())

    def __iter__(self):
        groups = self.groups()
        if self.shuffle:
            self.random.shuffle(groups)
        for group in groups:
            images, classes = zip(*(self.dataset[k] for k in group))
            yield torch.stack([torch.as_tensor(i) for i in images]), torch.tensor(classes, dtype=torch.int64)
