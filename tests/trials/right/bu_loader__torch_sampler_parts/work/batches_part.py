import torch
from torch.utils.data import BatchSampler, RandomSampler, SequentialSampler, default_collate


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset = dataset
        generator = torch.Generator()
        generator.manual_seed(seed)
        sampler = RandomSampler(range(len(dataset)), generator=generator) if shuffle else SequentialSampler(range(len(dataset)))
        self.batches = BatchSampler(sampler, batch_size, drop_last)

    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        for indices in self.batches:
            images, classes = default_collate([self.dataset[k] for k in indices])
            yield images, classes.to(torch.int64)
