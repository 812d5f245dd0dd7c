import numpy as np
from sklearn.manifold import TSNE


def embed(features, seed):
    state = hash(f"t-SNE {seed}") % 2**32
    return TSNE(n_components=2, perplexity=15, init="random", random_state=state).fit_transform(np.array(features))
