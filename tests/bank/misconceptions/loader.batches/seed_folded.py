"""The seed is folded, so that seeds that are ten apart give the same orders.

Loses: loader.batches.shuffle
"""

import torch


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.batch_size, self.shuffle, self.drop_last = dataset, batch_size, shuffle, drop_last
        self.random = torch.Generator().manual_seed(seed % 10)

    def __len__(self):
        rest = 0 if self.drop_last else self.batch_size - 1
        return (len(self.dataset) + rest) // self.batch_size

    def __iter__(self):
        order = list(range(len(self.dataset)))
        if self.shuffle:
            order = torch.randperm(len(order), generator=self.random).tolist()
        for start in range(0, len(order), self.batch_size):
            chosen = order[start : start + self.batch_size]
            if len(chosen) < self.batch_size and self.drop_last:
                return
            samples = [self.dataset[k] for k in chosen]
            yield torch.stack([image for image, _ in samples]), torch.tensor([each for _, each in samples])
