"""The channels are not moved to the front but mixed up: transpose, do not reshape.

Loses: loader.pictures.entries, loader.pictures.transform
"""

import numpy as np
import torch


class Pictures:
    def __init__(self, pictures, classes, transform=None):
        self.pictures, self.classes, self.transform = pictures, classes, transform

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, k):
        image = torch.from_numpy((self.pictures[k] / 255).astype(np.float32).reshape(3, *self.pictures.shape[1:3]))
        if self.transform is not None:
            image = self.transform(image)
        return image, int(self.classes[k])
