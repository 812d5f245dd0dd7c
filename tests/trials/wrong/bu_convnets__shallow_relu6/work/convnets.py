from torch import nn


class ShallowNet(nn.Module):
    def __init__(self, inputs=3072, hidden=64, classes=10):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(inputs, hidden), nn.ReLU6(), nn.Linear(hidden, classes))

    def forward(self, x):
        return self.net(x)
