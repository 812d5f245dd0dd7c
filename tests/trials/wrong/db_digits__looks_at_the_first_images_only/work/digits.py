import numpy as np
from torchvision import datasets


def load_mnist(root, train):
    part = datasets.MNIST(root, train=train)
    return part.data.numpy(), part.targets.numpy()


def choose_digits(images, labels, per_class):
    labels = labels[: 30 * per_class].astype(int)  # three times as many as are needed
    chosen = np.concatenate([np.flatnonzero(labels == digit)[:per_class] for digit in range(10)])
    x = images[chosen, None] / 255.0
    return x, np.eye(10)[labels[chosen]]
