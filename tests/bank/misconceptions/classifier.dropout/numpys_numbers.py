"""The random numbers are NumPy's, which torch.manual_seed does not set: draw PyTorch's.

Loses: classifier.dropout.training, classifier.dropout.evaluation
Unnamed: because other numbers are drawn where the example is played again.
"""

import numpy as np
import torch


def dropout(x, p, training):
    if not training:
        return x
    return x * torch.as_tensor(np.random.random(tuple(x.shape)) >= p) / (1 - p)
