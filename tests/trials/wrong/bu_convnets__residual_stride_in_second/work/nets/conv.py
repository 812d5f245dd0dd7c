from torch import nn


class _Base(nn.Module):
    normalise = False

    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        self.convs, self.norms = nn.ModuleList(), nn.ModuleList()
        last = 3
        for c in channels:
            self.convs.append(nn.Conv2d(last, c, 3, 1, 1))
            self.norms.append(nn.BatchNorm2d(c) if self.normalise else nn.Identity())
            last = c
            side //= 2
        self.fc = nn.Linear(last * side ** 2, classes)
        self.pool = nn.MaxPool2d(2)
        self.act = nn.ReLU()

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = self.pool(self.act(norm(conv(x))))
        # channels last
        x = x.permute(0, 2, 3, 1)
        return self.fc(x.reshape(x.shape[0], -1))


class ConvNet(_Base):
    pass


class ConvNetBN(_Base):
    normalise = True
