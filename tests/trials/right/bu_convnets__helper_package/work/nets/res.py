from torch import nn


def conv3(i, o, s=1):
    return nn.Conv2d(i, o, 3, stride=s, padding=1, bias=False)


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.c1, self.b1 = conv3(inputs, outputs, stride), nn.BatchNorm2d(outputs)
        self.c2, self.b2 = conv3(outputs, outputs), nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU()
        self.skip = None
        if stride != 1 or inputs != outputs:
            self.skip = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        out = self.relu(self.b1(self.c1(x)))
        out = self.b2(self.c2(out))
        out = out + (x if self.skip is None else self.skip(x))
        return self.relu(out)
