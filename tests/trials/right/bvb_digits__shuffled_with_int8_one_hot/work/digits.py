import numpy as np
from torchvision.datasets import MNIST


def load_mnist(root: str, train: bool):
    part = MNIST(root, download=True, train=train)
    return part.data.numpy(), part.targets.numpy()


def choose_digits(images, labels, per_class):
    """The last ones of each class in a random order, classes mixed."""
    rng = np.random.default_rng()
    shuffled = rng.permutation(len(labels))
    # rank of each digit among those of its class
    same = labels[shuffled, None] == labels[None, shuffled] if len(labels) < 500 else None
    if same is not None:
        rank = np.tril(same, -1).sum(axis=1)
    else:
        count, rank = dict.fromkeys(range(10), 0), np.empty(len(labels), int)
        for place, label in enumerate(labels[shuffled].tolist()):
            rank[place] = count[int(label)]
            count[int(label)] += 1
    chosen = shuffled[rank < per_class]
    x = np.true_divide(images[chosen, np.newaxis], 255, dtype=np.float32)
    return x, np.equal.outer(labels[chosen], np.arange(10)).astype(np.int8, order="F")
