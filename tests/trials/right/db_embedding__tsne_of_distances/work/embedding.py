import numpy as np
from sklearn.manifold import TSNE


def embed(features, seed):
    points = np.asarray(features, dtype=float)
    squares = (points**2).sum(axis=1)
    apart = np.sqrt(np.clip(squares[:, None] + squares - 2 * points @ points.T, 0, None))
    np.fill_diagonal(apart, 0)
    worker = TSNE(2, metric="precomputed", init="random", method="exact", perplexity=15, random_state=int(seed))
    return worker.fit_transform((apart + apart.T) / 2).astype(np.float64)
