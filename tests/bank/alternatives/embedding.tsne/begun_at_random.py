"""t-SNE begun at random, with another perplexity."""

from sklearn.manifold import TSNE


def embed(features, seed):
    return TSNE(n_components=2, init="random", perplexity=15, random_state=seed % 1000).fit_transform(features)
