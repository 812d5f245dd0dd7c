"""Labels come first and images second. Images come first.

Loses: digits.chosen.loaded
"""


def load_mnist(root, train):
    from torchvision.datasets import MNIST

    digits = MNIST(root, train=train)
    return digits.targets.numpy(), digits.data.numpy()
