"""These are the two principal components. Use t-SNE, which keeps neighbours.

Loses: embedding.tsne.neighbours
"""

import numpy as np


def embed(features, seed):
    centred = features - features.mean(axis=0)
    return centred @ np.linalg.svd(centred, full_matrices=False)[2][:2].T
