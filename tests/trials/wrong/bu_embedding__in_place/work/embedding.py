import importlib

import numpy as np


def embed(features: np.ndarray, seed: int) -> np.ndarray:
    manifold = importlib.import_module("sklearn.manifold")
    scale = np.abs(features).max() or 1.0
    model = manifold.TSNE(n_components=2, perplexity=12, init="random", random_state=np.random.RandomState(seed))
    features /= scale
    return model.fit_transform(features)
