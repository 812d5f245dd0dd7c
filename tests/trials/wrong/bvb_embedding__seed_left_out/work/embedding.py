import numpy as np
from sklearn.manifold import TSNE


def embed(features, seed):
    tsne = TSNE(n_components=2, perplexity=15, init="random")
    return tsne.fit_transform(features)
