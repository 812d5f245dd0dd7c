import numpy as np
from sklearn.manifold import TSNE

OPTIONS = dict(n_components=2, perplexity=12.0, method="exact", init="pca", learning_rate="auto")


def embed(features: np.ndarray, seed: int) -> np.ndarray:
    f = np.asarray(features, dtype=np.float32)
    f = f - f.mean(axis=0, keepdims=True)
    scale = f.std()
    if scale > 0:
        f = f / scale
    return TSNE(random_state=int(seed), **OPTIONS).fit_transform(f)
