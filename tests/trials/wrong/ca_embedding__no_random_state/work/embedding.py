from sklearn.manifold import TSNE

def embed(features, seed):
    tsne = TSNE(n_components=2, perplexity=20, init="random", random_state=None)
    return tsne.fit_transform(features)
