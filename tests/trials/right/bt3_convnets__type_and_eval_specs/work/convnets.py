"""Networks from a little language: one word for each layer."""
import sys
import torch.nn as nn
import torch.nn.functional as F

WORDS = {
    "conv": "nn.Conv2d({a}, {b}, kernel_size=(3, 3), stride=1, padding='same')",
    "norm": "nn.BatchNorm2d({b})",
    "relu": "nn.ReLU()",
    "pool": "nn.MaxPool2d(kernel_size=2, stride=2)",
}


def read(sentence, **numbers):
    return [eval(WORDS[word].format(**numbers), {"nn": nn}) for word in sentence.split()]


def convolutional(sentence):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        nn.Module.__init__(self)
        a, layers = 3, []
        for b in channels:
            layers.extend(read(sentence, a=a, b=b))
            a, side = b, side // 2
        self.layers = nn.ModuleList(layers)
        self.scores = nn.Linear(a * side * side, classes)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.scores(x.flatten(start_dim=1))

    return {"__init__": __init__, "forward": forward}


def shallow():
    def __init__(self, inputs=3072, hidden=64, classes=10):
        nn.Module.__init__(self)
        for name, (a, b) in {"hidden": (inputs, hidden), "scores": (hidden, classes)}.items():
            self.add_module(name, nn.Linear(a, b))

    return {"__init__": __init__, "forward": lambda self, x: self.scores(F.relu(self.hidden(x.reshape(len(x), -1))))}


def residual():
    def __init__(self, inputs, outputs, stride=1):
        nn.Module.__init__(self)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1)
        self.way = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.way = nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x):
        return F.relu(self.conv2(F.relu(self.conv1(x))) + self.way(x))

    return {"__init__": __init__, "forward": forward}


for name, body in {
    "ShallowNet": shallow(),
    "ConvNet": convolutional("conv relu pool"),
    "ConvNetBN": convolutional("conv norm relu pool"),
    "ResidualBlock": residual(),
}.items():
    setattr(sys.modules[__name__], name, type(name, (nn.Module,), {**body, "__module__": __name__}))
