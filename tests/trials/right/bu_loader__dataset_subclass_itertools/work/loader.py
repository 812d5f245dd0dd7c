import itertools
import torch
import numpy as np
from torch.utils.data import Dataset


class Pictures(Dataset):
    """uint8 (N, H, W, 3) -> float32 (3, H, W)"""

    def __init__(self, pictures: np.ndarray, classes: np.ndarray, transform=None):
        self.pictures = torch.from_numpy(np.array(pictures, order="C"))              # a copy
        self.classes = [int(c) for c in classes]
        self.transform = transform or (lambda image: image)

    def __len__(self):
        return len(self.classes)

    def __getitem__(self, k):
        return self.transform(self.pictures[k].permute(2, 0, 1).contiguous().to(torch.float32).div(255)), self.classes[k]


def chunks(indices, size):
    indices = iter(indices)
    while chunk := tuple(itertools.islice(indices, size)):
        yield chunk


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        vars(self).update(locals())
        self.generator = torch.Generator().manual_seed(seed)

    def __len__(self):
        full, rest = divmod(len(self.dataset), self.batch_size)
        return full + (rest > 0 and not self.drop_last)

    def __iter__(self):
        n = len(self.dataset)
        order = torch.randperm(n, generator=self.generator).tolist() if self.shuffle else range(n)
        for chunk in chunks(order, self.batch_size):
            if self.drop_last and len(chunk) < self.batch_size:
                return
            entries = [self.dataset[k] for k in chunk]
            images = [torch.as_tensor(image) for image, _ in entries]
            yield torch.stack(images), torch.LongTensor([int(label) for _, label in entries])
