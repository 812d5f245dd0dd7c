
from parts.drop import dropout
from parts.net import Classifier

__all__ = ["Classifier", "dropout"]
