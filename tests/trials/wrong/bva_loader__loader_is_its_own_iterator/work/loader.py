import numpy as np
import torch


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset = dataset
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.drop_last = drop_last
        self.rng = np.random.default_rng(seed)

    def __len__(self):
        full, rest = divmod(len(self.dataset), self.batch_size)
        return full if self.drop_last or not rest else full + 1

    def __iter__(self):
        n = len(self.dataset)
        order = self.rng.permutation(n) if self.shuffle else np.arange(n)
        self.order = order
        self.batch = 0
        return self

    def __next__(self):
        if self.batch >= len(self):
            raise StopIteration
        start = self.batch * self.batch_size
        self.batch += 1
        pairs = [self.dataset[int(k)] for k in self.order[start : start + self.batch_size]]
        images = torch.stack([torch.as_tensor(image) for image, _ in pairs])
        return images, torch.tensor([int(label) for _, label in pairs], dtype=torch.int64)
