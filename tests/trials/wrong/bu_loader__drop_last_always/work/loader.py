import torch


class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        self.dataset = dataset
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.drop_last = drop_last
        self.rng = torch.Generator()
        self.rng.manual_seed(seed)

    def _groups(self, order):
        groups = [order[i:i + self.batch_size] for i in range(0, len(order), self.batch_size)]
        return groups[:-1] if self.drop_last else groups

    def __len__(self):
        return len(self._groups(range(len(self.dataset))))

    def __iter__(self):
        n = len(self.dataset)
        order = torch.randperm(n, generator=self.rng).tolist() if self.shuffle else list(range(n))
        for group in self._groups(order):
            images, classes = [], []
            for k in group:
                image, label = self.dataset[k]
                images.append(torch.as_tensor(image))
                classes.append(label)
            yield torch.stack(images), torch.tensor(classes)
