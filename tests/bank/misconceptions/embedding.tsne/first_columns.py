"""These are two of the features. Use t-SNE of all of them.

Loses: embedding.tsne.neighbours
"""

import numpy as np


def embed(features, seed):
    return np.array(features[:, :2])
