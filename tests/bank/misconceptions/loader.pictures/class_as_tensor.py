"""The class is a tensor or a number of NumPy's: it is to be an int of Python's.

Loses: loader.pictures.entries
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
        return self.transform(image) if self.transform else image, torch.tensor(self.classes[k])
