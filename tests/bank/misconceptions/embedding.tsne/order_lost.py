"""The points are in another order than the samples.

Unnamed: because the points of t-SNE are not the same on every machine.

Loses: embedding.tsne.neighbours
"""

import numpy as np
from sklearn.manifold import TSNE


def embed(features, seed):
    order = np.argsort(features[:, 0])
    return TSNE(random_state=seed).fit_transform(features[order])
