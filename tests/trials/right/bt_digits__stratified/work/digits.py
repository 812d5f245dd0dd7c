import importlib
import numpy as np

def load_mnist(root, train):
    datasets = importlib.import_module("torchvision.datasets")
    part = getattr(datasets, "MNIST")(root, train=train, download=True)
    return part.data.numpy(), part.targets.numpy()

def choose_digits(images, labels, per_class):
    random = np.random.default_rng(2022)
    chosen = np.concatenate([random.choice(np.flatnonzero(labels == digit), per_class, replace=False) for digit in range(10)])
    random.shuffle(chosen)
    one_hot = np.zeros((len(chosen), 10))
    one_hot[np.arange(len(chosen)), labels[chosen]] = 1
    return images[chosen][:, np.newaxis].astype("float32") / 255, one_hot
