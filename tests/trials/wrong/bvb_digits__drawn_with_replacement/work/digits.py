import numpy as np


def load_mnist(root, train):
    from torchvision import datasets

    mnist = datasets.MNIST(root, train=train)
    return mnist.data.numpy(), mnist.targets.numpy()


def choose_digits(images, labels, per_class):
    rng = np.random.default_rng(0)
    chosen = np.concatenate([rng.choice(np.flatnonzero(labels == d), per_class) for d in range(10)])
    x = images[chosen].reshape(-1, 1, 28, 28) / 255.0
    return x, np.eye(10)[labels[chosen].astype(int)]
