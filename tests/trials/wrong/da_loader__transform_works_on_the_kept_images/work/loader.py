
import numpy as np
import torch


class Pictures:
    def __init__(self, pictures, classes, transform=None):
        self.images = torch.from_numpy(pictures.astype(np.float32) / 255).permute(0, 3, 1, 2)
        self.classes = classes
        self.transform = transform

    def __len__(self):
        return len(self.images)

    def __getitem__(self, k):
        image = self.images[k]
        if self.transform is not None:
            image = self.transform(image)
        return image, int(self.classes[k])
