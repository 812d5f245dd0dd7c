import numpy as np
import torch


class Pictures:
    def __init__(self, pictures, classes, transform=None):
        scaled = np.ascontiguousarray(pictures).astype(np.float32) / 255.0
        self.images = torch.from_numpy(scaled).permute(0, 3, 1, 2)
        self.classes = [int(c) for c in classes]
        self.transform = transform

    def __len__(self):
        return len(self.classes)

    def __getitem__(self, k):
        image = self.images[k]
        if self.transform is not None:
            image = self.transform(image)
        return image, self.classes[k]
