import random
import torch


def collate(samples):
    images, classes = zip(*samples)
    return torch.stack([torch.as_tensor(i) for i in images]), torch.tensor([int(c) for c in classes], dtype=torch.int64)


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset = dataset
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.drop_last = drop_last
        self.random = random.Random(seed)
        self.reset()

    def reset(self):
        self.place = 0
        self.order = list(range(len(self.dataset)))
        if self.shuffle:
            self.random.shuffle(self.order)

    def __len__(self):
        n = len(self.dataset)
        return n // self.batch_size + (n % self.batch_size != 0 and not self.drop_last)

    def __iter__(self):
        return self

    def __next__(self):
        if self.place == len(self):
            self.reset()
            raise StopIteration
        start = self.place * self.batch_size
        self.place += 1
        return collate([self.dataset[k] for k in self.order[start : start + self.batch_size]])
