"""By NumPy's unravel_index, image by image."""

import torch


def locate(scores, target, stride):
    import numpy as np

    maps = scores[:, target].detach().numpy()
    return torch.tensor(np.array([np.unravel_index(each.argmax(), each.shape) for each in maps]) * stride)
