
import numpy as np
import torch


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset = dataset
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.drop_last = drop_last
        self.rng = np.random.default_rng(seed)
        self.order = np.arange(len(dataset))

    def __len__(self):
        n = len(self.order)
        return n // self.batch_size if self.drop_last else -(-n // self.batch_size)

    def __iter__(self):
        order = self.order
        if self.shuffle:
            self.rng.shuffle(order)
        for b in range(len(self)):
            samples = [self.dataset[int(k)] for k in order[b * self.batch_size : (b + 1) * self.batch_size]]
            images = torch.stack([torch.as_tensor(image) for image, _ in samples])
            yield images, torch.tensor([int(c) for _, c in samples], dtype=torch.int64)
