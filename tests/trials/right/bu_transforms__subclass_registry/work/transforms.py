import sys
import torch


class Transform:
    known = {}

    def __init_subclass__(cls, name, **kw):
        super().__init_subclass__(**kw)
        Transform.known[name] = cls

    def __init__(self, parameter, generator):
        self.parameter, self.generator = parameter, generator

    def __call__(self, images):
        out = torch.zeros_like(images)
        for n, image in enumerate(images):
            self.write(out[n], image)
        return out


class Flip(Transform, name="random_flip"):
    def write(self, out, image):
        if torch.rand(1, generator=self.generator).item() < self.parameter:
            image = image[..., torch.arange(image.shape[-1] - 1, -1, -1)]
        out.copy_(image)


class Shift(Transform, name="random_shift"):
    def write(self, out, image):
        _, h, w = image.shape
        y, x = (int(torch.randint(-self.parameter, self.parameter + 1, (1,), generator=self.generator)) for _ in range(2))
        if abs(y) < h and abs(x) < w:
            out[:, max(y, 0):h + min(y, 0), max(x, 0):w + min(x, 0)] = image[:, max(-y, 0):h - max(y, 0), max(-x, 0):w - max(x, 0)]


def _function(cls):
    def function(images, parameter, generator):
        return cls(parameter, generator)(images)
    return function


for name, cls in Transform.known.items():
    setattr(sys.modules[__name__], name, _function(cls))


def batch_of(images, classes, training, generator):
    if not training:
        return images, classes
    for name, parameter in (("random_flip", .5), ("random_shift", 2)):
        images = globals()[name](images, parameter, generator)
    return images, classes
