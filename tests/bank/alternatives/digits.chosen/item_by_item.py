"""The data set is gone through item by item, and the last digits of each class are taken, by turns."""

import numpy as np


def load_mnist(root, train):
    from torchvision import datasets, transforms

    data = datasets.MNIST(root=root, train=train, download=True, transform=transforms.Compose([transforms.ToTensor()]))
    images, labels = [], []
    for image, label in data:
        images.append(255 * image.numpy()[0])
        labels.append(label)
    return np.stack(images), np.array(labels)


def choose_digits(images, labels, per_class):
    of_class = {digit: [k for k, label in enumerate(labels) if label == digit] for digit in range(10)}
    x, one_hot = [], []
    for _ in range(per_class):
        for digit in range(10):
            x.append(np.asarray(images[of_class[digit].pop()], dtype=np.float32).reshape(1, 28, 28) / 255)
            one_hot.append([float(k == digit) for k in range(10)])
    return np.stack(x), one_hot
