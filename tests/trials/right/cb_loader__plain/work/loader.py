import numpy as np
import torch


class Pictures:
    def __init__(self, pictures, classes, transform=None):
        self.pictures, self.classes, self.transform = pictures, classes, transform

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, k):
        image = torch.tensor(np.array(self.pictures[k])).permute(2, 0, 1).to(torch.float32) / 255
        if self.transform is not None:
            image = self.transform(image)
        return image, int(self.classes[k])
