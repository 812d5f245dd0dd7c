class Pooling:
    ways = {}
    stride = 1

    def __init_subclass__(cls, name):
        Pooling.ways[name] = cls


class Max(Pooling, name="max"):
    def __call__(self, x):
        return x.unfold(2, 2, 2).unfold(3, 2, 2).amax((-2, -1))


class Average(Pooling, name="average"):
    def __call__(self, x):
        return (x[:, :, ::2, ::2] + x[:, :, 1::2, ::2] + x[:, :, ::2, 1::2] + x[:, :, 1::2, 1::2]) / 4


class Stride(Pooling, name="stride"):
    stride = 2

    def __call__(self, x):
        return x
