import numpy as np
from sklearn.manifold import TSNE


def embed(features, seed):
    """t-SNE of the distances, then turned upright and scaled to unit variance."""
    rows = np.array(features, dtype=np.float64)
    gram = rows @ rows.T
    squares = np.diag(gram)
    distances = np.sqrt(np.maximum(squares[:, None] + squares - 2 * gram, 0))
    np.fill_diagonal(distances, 0)
    made = TSNE(perplexity=9, metric="precomputed", init="random", method="exact", random_state=seed)
    points = made.fit_transform(distances)
    points = points - points.mean(axis=0)
    turned = points @ np.linalg.svd(points, full_matrices=False)[2].T
    return (turned / turned.std()).astype(np.float64)
