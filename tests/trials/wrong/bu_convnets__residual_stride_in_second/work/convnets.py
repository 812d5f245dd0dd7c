from nets.shallow import ShallowNet
from nets.conv import ConvNet, ConvNetBN
from nets.res import ResidualBlock

__all__ = ["ShallowNet", "ConvNet", "ConvNetBN", "ResidualBlock"]
