from dataclasses import dataclass, field
from typing import Any
import torch
from chunks import chunked


@dataclass(slots=True)
class Pictures:
    pictures: Any
    classes: Any
    transform: Any = None

    def __len__(self):
        return self.pictures.shape[0]

    def __getitem__(self, k):
        if not 0 <= k < len(self):
            raise IndexError(k)
        image = torch.tensor(self.pictures[k].tolist(), dtype=torch.float32).div_(255).permute(2, 0, 1).contiguous()
        return (self.transform(image) if self.transform is not None else image), self.classes[k].item()


@dataclass(slots=True)
class BatchLoader:
    dataset: Any
    batch_size: int
    shuffle: bool = False
    seed: int = 0
    drop_last: bool = False
    _source: torch.Generator = field(init=False, repr=False)

    def __post_init__(self):
        self._source = torch.Generator()
        self._source.manual_seed(self.seed)

    def __len__(self):
        full, rest = divmod(len(self.dataset), self.batch_size)
        return full + (rest > 0 and not self.drop_last)

    def order(self):
        n = len(self.dataset)
        return torch.randperm(n, generator=self._source).tolist() if self.shuffle else range(n)

    def _batch(self, numbers):
        images, classes = [], []
        for k in numbers:
            image, label = self.dataset[k]
            images.append(torch.as_tensor(image))
            classes.append(int(label))
        return torch.stack(images), torch.tensor(classes, dtype=torch.int64)

    def __iter__(self):
        parts = [c for c in chunked(self.order(), self.batch_size) if len(c) == self.batch_size or not self.drop_last]
        return map(self._batch, parts)
