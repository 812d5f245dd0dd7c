import numpy as np
from sklearn.manifold import TSNE

def embed(features, seed):
    x = (features - features.mean()) / (features.std() or 1.0)
    points = TSNE(2, perplexity=12, init="pca", random_state=seed, learning_rate="auto").fit_transform(x)
    print("embedded", points.shape)
    return points
