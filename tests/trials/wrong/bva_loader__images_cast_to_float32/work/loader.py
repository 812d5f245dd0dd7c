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
        return self._batches(order, len(self))

    def _batches(self, order, count):
        for b in range(count):
            pairs = [self.dataset[int(k)] for k in order[b * self.batch_size : (b + 1) * self.batch_size]]
            images = torch.stack([torch.as_tensor(image, dtype=torch.float32) for image, _ in pairs])
            yield images, torch.tensor([int(label) for _, label in pairs], dtype=torch.int64)
