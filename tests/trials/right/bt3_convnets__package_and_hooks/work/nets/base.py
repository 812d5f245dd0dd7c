from torch import nn


class Net(nn.Module):
    known: dict = {}

    def __init_subclass__(cls, **options):
        super().__init_subclass__()
        for k, v in options.items():
            setattr(cls, k, v)
        Net.known[cls.__name__] = cls

    def count(self) -> int:
        return sum(p.numel() for p in self.parameters())
