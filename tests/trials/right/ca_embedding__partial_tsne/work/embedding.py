from functools import partial
from sklearn.manifold import TSNE

plane = partial(TSNE, n_components=2, perplexity=15.0, init="pca", learning_rate="auto")

def embed(features, seed):
    return plane(random_state=int(seed)).fit_transform(features.copy())
