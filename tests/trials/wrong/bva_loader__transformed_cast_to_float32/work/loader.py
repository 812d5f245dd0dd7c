import numpy as np
import torch


class Pictures:
    def __init__(self, pictures, classes, transform=None):
        self.pictures = pictures
        self.classes = classes
        self.transform = transform

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, k):
        image = torch.from_numpy(self.pictures[k].astype(np.float32).transpose(2, 0, 1) / np.float32(255))
        if self.transform is not None:
            image = torch.as_tensor(self.transform(image)).float()
        return image, int(self.classes[k])
