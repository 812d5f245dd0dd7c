from torch import nn

class ResidualBlock(nn.Module):
    """Pre-activation: norm, ReLU, conv, norm, ReLU, conv."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.begin = nn.ModuleList([nn.BatchNorm2d(inputs), nn.ReLU()])
        self.first = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.middle = nn.Sequential(nn.BatchNorm2d(outputs), nn.ReLU())
        self.second = nn.Conv2d(outputs, outputs, 3, padding=1)
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False)
        else:
            self.shortcut = None

    def forward(self, x):
        y = x
        for m in self.begin:
            y = m(y)
        y = self.second(self.middle(self.first(y)))
        return y + (x if self.shortcut is None else self.shortcut(x))
