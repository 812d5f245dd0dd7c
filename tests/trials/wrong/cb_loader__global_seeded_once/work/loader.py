from itertools import islice

import numpy as np
import torch


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        vars(self).update({k: v for k, v in locals().items() if k != "self"})
        torch.manual_seed(int(seed))

    def __len__(self) -> int:
        n, b = len(self.dataset), self.batch_size
        return n // b if self.drop_last else -(-n // b)

    def __iter__(self):
        n = len(self.dataset)
        order = torch.randperm(n).tolist() if self.shuffle else range(n)
        return self._batches(map(self.dataset.__getitem__, order))

    def _batches(self, samples):
        while part := list(islice(samples, self.batch_size)):
            if len(part) < self.batch_size and self.drop_last:
                return
            yield self.collate(*zip(*part))

    @staticmethod
    def collate(images, classes):
        return np.stack([np.asarray(image) for image in images]), np.array(classes, np.int64)
