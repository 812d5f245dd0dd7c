from torch import nn


class ShallowNet(nn.Sequential):
    def __init__(self, inputs=3072, hidden=64, classes=10):
        super().__init__(nn.Flatten(), nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes))
