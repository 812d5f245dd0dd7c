import random
import torch


def collate(samples):
    images, classes = zip(*samples)
    return torch.stack([torch.as_tensor(i) for i in images]), torch.tensor([int(c) for c in classes], dtype=torch.int64)


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.size, self.shuffle, self.drop_last = dataset, batch_size, shuffle, drop_last
        self.random = random.Random(seed)

    def __len__(self):
        full = len(self.dataset) // self.size
        return full if self.drop_last else full + 1

    def __iter__(self):
        order = list(range(len(self.dataset)))
        if self.shuffle:
            self.random.shuffle(order)
        while order:
            part, order = order[: self.size], order[self.size :]
            if len(part) < self.size and self.drop_last:
                return
            yield collate([self.dataset[k] for k in part])
