from .dense import Flatten, Linear
from .loss import SoftmaxLoss
from .spatial import Convolution, MaxPool, Rectifier

__all__ = ["Convolution", "Flatten", "Linear", "MaxPool", "Rectifier", "SoftmaxLoss"]
