import torch
from torch import nn
import torch.nn.functional as F

LAYERS = {}


def layer(name):
    def keep(fn):
        LAYERS[name] = fn
        return fn
    return keep


@layer("ConvNet")
def plain(a, b):
    return [("conv", nn.Conv2d(a, b, 3, padding=1))]


@layer("ConvNetBN")
def normed(a, b):
    return [("conv", nn.Conv2d(a, b, 3, padding=1, bias=False)), ("bn", nn.BatchNorm2d(b, track_running_stats=False))]


def make_init(build):
    def __init__(self, channels=(16, 32, 64), classes=10, side=32):
        super(type(self), self).__init__()
        self.steps = []
        a = 3
        for k, b in enumerate(channels):
            for kind, module in build(a, b):
                setattr(self, f"{kind}{k}", module)
                self.steps.append(f"{kind}{k}")
            self.steps += ["relu", "pool"]
            a = b
        self.add_module("head", nn.Linear(a * (side // 2 ** len(channels)) ** 2, classes))
    return __init__


FUNCTIONS = {"relu": F.relu, "pool": lambda x: F.max_pool2d(x, 2)}


def forward(self, x):
    for step in self.steps:
        x = FUNCTIONS[step](x) if step in FUNCTIONS else getattr(self, step)(x)
    return self.head(x.flatten(1))


for _name, _build in LAYERS.items():
    globals()[_name] = type(_name, (nn.Module,), {"__init__": make_init(_build), "forward": forward})

exec("""
class ShallowNet(nn.Module):
    def __init__(self, inputs=3072, hidden=64, classes=10):
        super().__init__()
        self.first = nn.Linear(inputs, hidden)
        self.second = nn.Linear(hidden, classes)

    def forward(self, x):
        return self.second(F.relu(self.first(x.reshape(len(x), -1))))
""")
