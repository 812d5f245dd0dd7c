import numpy as np
import torch

Identity = torch.nn.Identity


class Pictures:
    def __init__(self, pictures, classes, transform=None):
        self._data = list(zip(pictures, classes, strict=True))
        self._transform = Identity() if transform is None else transform

    def __len__(self):
        return len(self._data)

    def __getitem__(self, k):
        picture, label = self._data[k]
        image = torch.tensor(np.ascontiguousarray(picture.transpose(2, 0, 1)), dtype=torch.float32) / 255.0
        return self._transform(image), int(label)
