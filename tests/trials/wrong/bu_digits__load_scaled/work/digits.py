from itertools import chain, groupby

import numpy as np


def load_mnist(root, train):
    from torchvision import datasets

    mnist = datasets.MNIST(root, train=train)
    return mnist.data.numpy() / 255, mnist.targets.numpy()


def choose_digits(images, labels, per_class):
    by_label = sorted(range(len(labels)), key=lambda n: int(labels[n]))
    groups = {digit: list(members) for digit, members in groupby(by_label, key=lambda n: int(labels[n]))}
    chosen = list(chain.from_iterable(groups[digit][-per_class:] for digit in range(10)))
    x = images[chosen, None] / 255.0
    one_hot = np.eye(10)[labels[chosen].astype(int)]
    return x, one_hot
