from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1)
        self.match = None
        if stride != 1 or inputs != outputs:
            self.match = nn.Conv2d(inputs, outputs, 1, stride)

    def forward(self, x):
        saved = x.detach().clone()  # keep the input as it was
        y = self.conv2(self.conv1(x).relu())
        if self.match is not None:
            saved = self.match(x)
        return y + saved
