import numpy as np
from sklearn.manifold import TSNE


def embed(features, seed):
    order = np.random.default_rng(seed).permutation(len(features))
    return TSNE(n_components=2, perplexity=12, init="random").fit_transform(np.array(features)[order])[np.argsort(order)]
