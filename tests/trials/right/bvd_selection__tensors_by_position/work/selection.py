import json
from itertools import chain

import torch
from torch.func import functional_call

_NO_SETTING = {"epoch", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy"}


def choose_run(log):
    # max returns the first of equals
    best = max(map(json.loads, log.splitlines()), key=lambda line: line["validation_accuracy"])
    return {name: value for name, value in best.items() if name not in _NO_SETTING}, best["epoch"]


class BestCheckpoint:
    """Keeps values by position: parameters, then buffers, also those that state_dict leaves out."""

    __slots__ = ("_best",)

    def __init__(self):
        self._best = (-1.0, ())

    @staticmethod
    def _tensors(model):
        return chain(model.parameters(), model.buffers())

    def update(self, model, validation_accuracy):
        if validation_accuracy > self._best[0]:
            self._best = float(validation_accuracy), tuple(each.detach().clone() for each in self._tensors(model))

    @torch.no_grad()
    def restore(self, model):
        accuracy, kept = self._best
        for now, then in zip(self._tensors(model), kept, strict=True):
            now.copy_(then)
        return accuracy


def final_test(model, state, images, submit):
    model.eval()
    with torch.no_grad():
        found = [functional_call(model, dict(state), (part,)).argmax(dim=1) for part in images.split(3)]
    return submit(torch.cat(found).to(torch.int32))
