import numpy as np
from torchvision.datasets import MNIST


def load_mnist(root, train):
    part = MNIST(root, train=train, download=False)
    return part.data.numpy(), part.targets.numpy()


def choose_digits(images, labels, per_class):
    labels = labels.astype(int)
    order = np.argsort(labels, kind="stable")
    chosen = np.concatenate([order[labels[order] == digit][-per_class:] for digit in range(10)])
    return images[chosen][:, None] / 255.0, labels[chosen][:, None] == np.arange(10)
