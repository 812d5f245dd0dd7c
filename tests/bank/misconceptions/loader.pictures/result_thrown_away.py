"""The transform is called, and what it returns is thrown away.

Loses: loader.pictures.transform
"""

import numpy as np
import torch


class Pictures:
    def __init__(self, pictures, classes, transform=None):
        self.pictures, self.classes, self.transform = pictures, classes, transform

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, k):
        image = torch.from_numpy(self.pictures[k].transpose(2, 0, 1).astype(np.float32) / 255)
        if self.transform is not None:
            self.transform(image)
        return image, int(self.classes[k])
