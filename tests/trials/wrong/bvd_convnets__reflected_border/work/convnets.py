from torch import nn


class ConvNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        layers, before = [], 3
        for now in channels:
            layers += [nn.Conv2d(before, now, 3, padding=1, padding_mode="reflect"), nn.ReLU(), nn.MaxPool2d(2)]
            before, side = now, side // 2
        self.features = nn.Sequential(*layers)
        self.fc = nn.Linear(before * side * side, classes)

    def forward(self, x):
        return self.fc(self.features(x).flatten(1))
