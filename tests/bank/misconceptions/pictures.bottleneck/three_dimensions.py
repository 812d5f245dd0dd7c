"""The points are in space. Ask for two components.

Loses: pictures.bottleneck.embedding
"""

from sklearn.manifold import TSNE


def embed(features, seed):
    return TSNE(n_components=3, random_state=seed).fit_transform(features)
