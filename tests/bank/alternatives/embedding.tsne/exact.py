"""The exact method, a small perplexity, features in single precision, a list."""

import numpy as np
from sklearn.manifold import TSNE


def embed(features, seed):
    model = TSNE(2, method="exact", perplexity=8.0, learning_rate=50, random_state=seed)
    return model.fit_transform(np.asarray(features, dtype=np.float32)).tolist()
