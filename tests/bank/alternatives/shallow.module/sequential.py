"""The sequential model itself, held as an attribute."""

from torch import nn


class ShallowNet(nn.Module):
    def __init__(self, inputs=3072, hidden=64, classes=10):
        super(ShallowNet, self).__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(inputs, hidden), nn.ReLU(inplace=True), nn.Linear(hidden, classes))

    def forward(self, images):
        return self.net(images)
