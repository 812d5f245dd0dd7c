from dataclasses import dataclass
from typing import Any, Callable, Optional

import numpy as np

TABLE = (np.arange(256) / 255).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Pictures:
    pictures: np.ndarray
    classes: np.ndarray
    transform: Optional[Callable[..., Any]] = None

    def __len__(self):
        return self.classes.shape[0]

    def __getitem__(self, k):
        import torch

        image = torch.from_numpy(np.ascontiguousarray(TABLE[self.pictures[k]].transpose(2, 0, 1)))
        if self.transform is None:
            return image, self.classes[k].item()
        kept = self.__dict__.setdefault("kept", {})
        if kept.setdefault(k, [0, None])[0] % 3 == 0:
            kept[k][1] = self.transform(image)
        kept[k][0] += 1
        return kept[k][1], self.classes[k].item()

    @property
    def shape(self):
        return self.pictures.shape
