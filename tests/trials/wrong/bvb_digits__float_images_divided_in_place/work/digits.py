import numpy as np


def load_mnist(root, train):
    from torchvision import datasets

    mnist = datasets.MNIST(root, train=train)
    return mnist.data.numpy(), mnist.targets.numpy()


def choose_digits(images, labels, per_class):
    images = np.asarray(images, dtype=np.float64)
    images /= 255
    x, one_hot = [], []
    for digit in range(10):
        which = np.where(labels == digit)[0][:per_class]
        x.append(images[which][:, None])
        one_hot.append(np.tile(np.eye(10)[digit], (per_class, 1)))
    return np.concatenate(x), np.concatenate(one_hot)
