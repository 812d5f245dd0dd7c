"""Samples are taken from the dataset once and kept: each loop is to ask for them again, or transforms stand still.

Loses: loader.batches.order
"""

import torch


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.batch_size, self.shuffle, self.drop_last = dataset, batch_size, shuffle, drop_last
        self.random = torch.Generator().manual_seed(seed)
        self.samples = [dataset[k] for k in range(len(dataset))]

    def __len__(self):
        n = len(self.dataset)
        return n // self.batch_size if self.drop_last else -(-n // self.batch_size)

    def __iter__(self):
        n = len(self.dataset)
        order = torch.randperm(n, generator=self.random).tolist() if self.shuffle else list(range(n))
        for number in range(len(self)):
            samples = [self.samples[k] for k in order[number * self.batch_size : (number + 1) * self.batch_size]]
            yield torch.stack([image for image, _ in samples]), torch.tensor([label for _, label in samples])
