"""The 196 features that enter the hidden layer; t-SNE begun at random; one scatter with a colour bar."""

import numpy as np
from matplotlib import pyplot as plt
from sklearn.manifold import TSNE


def bottleneck(parameters, x, layers):
    for w, b in (("w1", "b1"), ("w2", "b2")):
        x = layers["pool_forward"](layers["relu_forward"](layers["conv_forward"](x, parameters[w], parameters[b])))
    return np.reshape(x, (len(x), 196))


def embed(features, seed):
    return TSNE(n_components=2, init="random", perplexity=15, random_state=seed % 1000).fit_transform(features)


def draw_embedding(points, labels, title):
    plt.figure(figsize=(6, 6))
    drawn = plt.scatter(points[:, 0], points[:, 1], c=labels, cmap="tab10", vmin=0, vmax=9)
    plt.colorbar(drawn, label="digit")
    plt.title("t-SNE of the bottleneck " + title)
    return plt.gcf()
