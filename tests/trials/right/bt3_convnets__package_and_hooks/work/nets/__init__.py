from .conv import ConvNet, ConvNetBN
from .dense import ShallowNet
from .residual import ResidualBlock

__all__ = ["ConvNet", "ConvNetBN", "ResidualBlock", "ShallowNet"]
