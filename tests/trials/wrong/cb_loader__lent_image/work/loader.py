import numpy as np
import torch


class Pictures:
    def __init__(self, pictures, classes, transform=None):
        self.images = torch.tensor(np.asarray(pictures)).permute(0, 3, 1, 2).contiguous().float() / 255
        self.pictures, self.classes, self.transform = pictures, classes, transform

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, k):
        image = self.images[k]
        if self.transform is not None:
            image = self.transform(image)
        return image, int(self.classes[k])
