"""The 49 features before ReLU; the exact t-SNE; markers drawn as lines."""

import numpy as np
from matplotlib import pyplot as plt
from sklearn.manifold import TSNE


def bottleneck(parameters, x, layers):
    p = parameters
    for number in (1, 2):
        x = layers["conv_forward"](x, p["w%d" % number], p["b%d" % number])
        x = layers["relu_forward"](layers["pool_forward"](x))
    return layers["linear_forward"](layers["flatten_forward"](x), p["w3"], p["b3"])


def embed(features, seed):
    model = TSNE(2, method="exact", perplexity=8.0, learning_rate=50, random_state=seed)
    return model.fit_transform(np.asarray(features, dtype=np.float32)).tolist()


def draw_embedding(points, labels, title):
    figure = plt.figure()
    figure.suptitle(title)
    axes = figure.gca()
    for digit in np.unique(labels):
        chosen = labels == digit
        axes.plot(points[chosen, 0], points[chosen, 1], ".", label=str(int(digit)))
    figure.legend()
    return figure
