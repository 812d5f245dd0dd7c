from torch import nn


class Block(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.conv, self.norm = nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        return self.norm(self.pool(self.conv(x))).relu()  # cheaper in this order


class ConvNetBN(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        self.blocks = nn.Sequential(*map(Block, [3, *channels[:-1]], channels))
        self.fc = nn.Linear(channels[-1] * (side // 2 ** len(channels)) ** 2, classes)

    def forward(self, x):
        return self.fc(self.blocks(x).flatten(start_dim=1))
