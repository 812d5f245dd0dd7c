from sklearn import manifold


def embed(features, seed=None):
    model = manifold.TSNE(2, perplexity=20, init="random", random_state=seed or None)
    points = model.fit_transform(features)
    print("KL divergence", model.kl_divergence_)
    return points
