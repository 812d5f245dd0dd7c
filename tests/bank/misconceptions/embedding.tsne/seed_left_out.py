"""The points begin at random and are not seeded: no picture can be made again.

Unnamed: because no two pictures of it are alike.

Loses: embedding.tsne.neighbours
"""

from sklearn.manifold import TSNE


def embed(features, seed):
    return TSNE(init="random").fit_transform(features)
