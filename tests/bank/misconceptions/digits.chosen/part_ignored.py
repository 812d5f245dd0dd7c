"""The training part is loaded whatever is asked for. Hand `train` on to MNIST.

Loses: digits.chosen.loaded
"""


def load_mnist(root, train):
    from torchvision.datasets import MNIST

    digits = MNIST(root)
    return digits.data.numpy(), digits.targets.numpy()
