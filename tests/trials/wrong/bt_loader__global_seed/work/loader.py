import math
import numpy as np
import torch
from torch.utils.data import Dataset

class Pictures(Dataset):
    def __init__(self, pictures, classes, transform=None):
        self.pictures, self.classes, self.transform = pictures, classes, transform

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, k):
        if not 0 <= k < len(self):
            raise IndexError(k)
        image = torch.tensor(self.pictures[k], dtype=torch.float32).permute(2, 0, 1).contiguous() / 255
        if self.transform is not None:
            image = self.transform(image)
        return image, int(self.classes[k])

class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.batch_size, self.shuffle, self.drop_last = dataset, batch_size, shuffle, drop_last
        torch.manual_seed(seed)

    def __len__(self):
        rounded = math.floor if self.drop_last else math.ceil
        return rounded(len(self.dataset) / self.batch_size)

    def __iter__(self):
        n = len(self.dataset)
        order = (torch.randperm(n) if self.shuffle else torch.arange(n)).tolist()
        return self._batches(order)

    def _batches(self, order):
        for b in range(len(self)):
            samples = [self.dataset[k] for k in order[b * self.batch_size:(b + 1) * self.batch_size]]
            images = [torch.as_tensor(image) for image, _ in samples]
            yield torch.stack(images), torch.tensor([c for _, c in samples], dtype=torch.int64)
