import importlib

import numpy as np


def load_mnist(root, train):
    datasets = importlib.import_module("torchvision.datasets")
    part = getattr(datasets, "MNIST")(root, train=train)
    return part.data.numpy(), part.targets.numpy()


def choose_digits(images, labels, per_class):
    rng = np.random.default_rng()
    picked = np.stack([rng.permutation(np.flatnonzero(labels == d))[:per_class] for d in range(10)])
    picked = picked.T.ravel()
    images = np.asarray(images, dtype=np.float64)
    images /= 255
    x = images[picked][:, None]
    one_hot = (labels[picked, None] == np.arange(10)).astype(np.float32)
    return x, one_hot
