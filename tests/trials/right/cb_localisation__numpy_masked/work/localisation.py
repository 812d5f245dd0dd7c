import numpy as np
import torch


def locate(scores, target: int, stride: int) -> torch.Tensor:
    maps = np.ma.masked_invalid(np.array(scores.detach().cpu().numpy()[:, target]))
    n = maps.shape[0]
    flat = maps.reshape(n, -1).argmax(axis=-1)
    rows, columns = np.unravel_index(flat, maps.shape[1:])
    places = np.column_stack([rows, columns]).astype(np.int64)
    return torch.from_numpy(places * int(stride))
