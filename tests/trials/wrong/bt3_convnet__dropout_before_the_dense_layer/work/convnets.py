from torch import nn


class ConvNet(nn.Module):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super().__init__()
        layers, c = [], 3
        for k in channels:
            layers += [nn.Conv2d(c, k, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2, 2)]
            c = k
        side //= 2 ** len(channels)
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(nn.Flatten(), nn.Dropout(0.25), nn.Linear(c * side * side, classes))

    def forward(self, x):
        return self.classifier(self.features(x))
