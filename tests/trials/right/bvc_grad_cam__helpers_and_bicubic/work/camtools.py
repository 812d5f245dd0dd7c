"""Tools of saliency.py."""
from contextlib import contextmanager
from dataclasses import dataclass, field

import torch
from torch import nn


@contextmanager
def temporarily_evaluating(model):
    modes = tuple((part, part.training) for part in model.modules())
    try:
        yield model.eval()
    finally:
        for part, mode in modes:
            object.__setattr__(part, "training", mode)


@dataclass
class Catcher:
    layer: nn.Module
    output: torch.Tensor | None = field(default=None, repr=False)

    def __enter__(self):
        self._handle = self.layer.register_forward_hook(self._catch)
        return self

    def _catch(self, module, inputs, output):
        self.output = output

    def __exit__(self, *exception):
        self._handle.remove()


def scores_of_targets(scores, target):
    match target:
        case None:
            return scores.max(dim=1).values
        case torch.Tensor():
            return scores.gather(1, target.long()[:, None])[:, 0]
        case _:
            return scores[:, int(target)]
