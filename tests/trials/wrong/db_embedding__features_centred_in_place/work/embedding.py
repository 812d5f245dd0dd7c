import numpy as np
from sklearn.manifold import TSNE


def embed(features, seed):
    centred = np.asarray(features)
    centred -= centred.mean(axis=0)
    return TSNE(n_components=2, perplexity=12, init="pca", random_state=seed).fit_transform(centred)
