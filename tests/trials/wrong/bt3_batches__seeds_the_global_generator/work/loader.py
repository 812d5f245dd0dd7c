import torch


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset, self.batch_size = dataset, batch_size
        self.shuffle, self.drop_last = shuffle, drop_last
        torch.manual_seed(seed)

    def __len__(self):
        n = len(self.dataset)
        return n // self.batch_size if self.drop_last else -(-n // self.batch_size)

    def __iter__(self):
        n = len(self.dataset)
        order = (torch.randperm(n) if self.shuffle else torch.arange(n)).tolist()
        for b in range(len(self)):
            samples = [self.dataset[k] for k in order[b * self.batch_size :][: self.batch_size]]
            yield torch.stack([torch.as_tensor(s[0]) for s in samples]), torch.tensor([s[1] for s in samples])
