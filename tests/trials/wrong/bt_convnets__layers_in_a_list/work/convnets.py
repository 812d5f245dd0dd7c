import torch
from torch import nn

class ConvNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        self.convs = [nn.Conv2d(a, b, 3, padding=1) for a, b in zip((3, *channels), channels)]
        self.fc = nn.Linear(channels[-1] * (side // 2 ** len(channels)) ** 2, classes)

    def forward(self, x):
        for conv in self.convs:
            x = torch.max_pool2d(torch.relu(conv(x)), 2)
        return self.fc(torch.flatten(x, 1))
