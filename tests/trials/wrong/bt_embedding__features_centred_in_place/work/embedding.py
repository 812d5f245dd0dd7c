from sklearn.manifold import TSNE

def embed(features, seed):
    features -= features.mean(axis=0)
    return TSNE(n_components=2, perplexity=15, random_state=seed).fit_transform(features)
