import numpy as np
import torch

def locate(scores, target, stride):
    """upper left pixel"""
    found = []
    for plane in scores[:, target].detach().cpu().numpy():
        found.append([stride * int(v) for v in np.unravel_index(np.argmax(plane), plane.shape)])
    return torch.tensor(found, dtype=torch.long)
