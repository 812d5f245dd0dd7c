import numpy as np
import torchvision.datasets

def load_mnist(root, train):
    part = torchvision.datasets.MNIST(root, train=train)
    return part.data.numpy(), part.targets.numpy()

def choose_digits(images, labels, per_class):
    rng = np.random.default_rng()
    chosen = np.concatenate([rng.choice(np.flatnonzero(labels == digit), per_class, replace=False) for digit in range(10)])
    x = (images[chosen].reshape(-1, 1, 28, 28) > 127).astype(float)
    return x, np.eye(10)[labels[chosen].astype(int)]
