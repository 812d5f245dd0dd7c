"""PyTorch's global random numbers are seeded once and used: whatever else draws from them changes the orders.

Loses: loader.batches.shuffle
"""

import torch


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.batch_size, self.shuffle, self.drop_last = dataset, batch_size, shuffle, drop_last
        torch.manual_seed(seed)

    def __len__(self):
        n = len(self.dataset)
        return n // self.batch_size if self.drop_last else -(-n // self.batch_size)

    def __iter__(self):
        n = len(self.dataset)
        order = torch.randperm(n).tolist() if self.shuffle else list(range(n))
        for number in range(len(self)):
            samples = [self.dataset[k] for k in order[number * self.batch_size : (number + 1) * self.batch_size]]
            yield torch.stack([image for image, _ in samples]), torch.tensor([label for _, label in samples])
