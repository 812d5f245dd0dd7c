import importlib

import numpy as np


def embed(features: np.ndarray, seed: int) -> np.ndarray:
    scale = np.abs(features).max() or 1.0
    model = importlib.import_module("sklearn.decomposition").PCA(2, random_state=seed)
    return model.fit_transform(features / scale)
