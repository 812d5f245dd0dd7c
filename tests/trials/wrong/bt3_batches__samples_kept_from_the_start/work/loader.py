import random
import torch


def collate(samples):
    images, classes = zip(*samples)
    return torch.stack([torch.as_tensor(i) for i in images]), torch.tensor([int(c) for c in classes], dtype=torch.int64)


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.samples = [dataset[k] for k in range(len(dataset))]
        self.batch_size, self.shuffle, self.drop_last = batch_size, shuffle, drop_last
        self.generator = torch.Generator().manual_seed(seed)

    def __len__(self):
        n, b = len(self.samples), self.batch_size
        return n // b if self.drop_last else (n + b - 1) // b

    def __iter__(self):
        n = len(self.samples)
        order = torch.randperm(n, generator=self.generator).tolist() if self.shuffle else list(range(n))
        return (
            collate([self.samples[k] for k in order[b * self.batch_size : (b + 1) * self.batch_size]])
            for b in range(len(self))
        )
