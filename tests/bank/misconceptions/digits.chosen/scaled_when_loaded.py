"""Images are divided by 255 when they are loaded. They are loaded as numbers from 0 to 255.

Loses: digits.chosen.loaded
"""


def load_mnist(root, train):
    from torchvision.datasets import MNIST

    digits = MNIST(root, train=train)
    return digits.data.numpy() / 255, digits.targets.numpy()
