import numpy as np
import torch

def locate(scores, target, stride):
    out = []
    for image in scores[:, target].detach().numpy():
        out.append(np.unravel_index(image.argmax(), image.shape))
    return torch.tensor(np.array(out) * float(stride))
