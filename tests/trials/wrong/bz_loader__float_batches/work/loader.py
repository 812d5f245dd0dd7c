import math
import numpy as np
import torch

class Pictures:
    def __init__(self, pictures, classes, transform=None):
        self.pictures, self.classes, self.transform = pictures, classes, transform

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, k):
        img = torch.from_numpy(np.array(self.pictures[k].transpose(2, 0, 1), dtype=np.float32) / np.float32(255))
        if self.transform is not None:
            img = self.transform(img)
        return img, int(self.classes[k])

class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset = dataset
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.seed = seed
        self.drop_last = drop_last
        self.rng = np.random.default_rng(seed)

    def __len__(self):
        n = len(self.dataset)
        return n // self.batch_size if self.drop_last else -(-n // self.batch_size)

    def __iter__(self):
        n = len(self.dataset)
        order = self.rng.permutation(n) if self.shuffle else np.arange(n)
        for b in range(len(self)):
            part = [self.dataset[int(k)] for k in order[b * self.batch_size:(b + 1) * self.batch_size]]
            yield torch.stack([torch.as_tensor(p[0]).float() for p in part]), torch.tensor([int(p[1]) for p in part], dtype=torch.int64)
