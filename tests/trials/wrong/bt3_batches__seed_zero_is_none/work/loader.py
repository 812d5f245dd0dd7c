import random
import torch


def collate(samples):
    images, classes = zip(*samples)
    return torch.stack([torch.as_tensor(i) for i in images]), torch.tensor([int(c) for c in classes], dtype=torch.int64)


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=None, drop_last=False):
        self.dataset, self.batch_size, self.shuffle, self.drop_last = dataset, batch_size, shuffle, drop_last
        self.rng = random.Random(seed or None)

    def batches(self):
        numbers = list(range(len(self.dataset)))
        if self.shuffle:
            numbers = self.rng.sample(numbers, len(numbers))
        stop = len(self) * self.batch_size
        for start in range(0, stop, self.batch_size):
            yield numbers[start : start + self.batch_size]

    def __len__(self):
        full, left = divmod(len(self.dataset), self.batch_size)
        return full + int(left > 0 and not self.drop_last)

    def __iter__(self):
        for numbers in self.batches():
            yield collate([self.dataset[k] for k in numbers])
