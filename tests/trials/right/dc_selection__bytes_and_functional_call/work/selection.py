import io
import json
from functools import reduce

import torch
from torch.func import functional_call

NOT_SETTINGS = {"epoch", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy"}


def choose_run(log):
    lines = map(json.loads, log.splitlines())
    best = reduce(lambda a, b: b if b["validation_accuracy"] > a["validation_accuracy"] else a, lines)
    return {key: best[key] for key in best if key not in NOT_SETTINGS}, best["epoch"]


class BestCheckpoint:
    __slots__ = ("_kept",)

    def __init__(self):
        self._kept = ()

    def update(self, model, validation_accuracy):
        if self._kept and not validation_accuracy > self._kept[0]:
            return
        buffer = io.BytesIO()
        torch.save(model.state_dict(), buffer)
        self._kept = float(validation_accuracy), buffer.getvalue()

    def restore(self, model):
        accuracy, data = self._kept
        model.load_state_dict(torch.load(io.BytesIO(data)))
        return accuracy


def final_test(model, state, images, submit):
    own = {name: value.detach().clone() for name, value in state.items()}
    model.eval()
    with torch.no_grad():
        parts = [functional_call(model, own, (part,)).topk(1).indices for part in images.split(50)]
    return submit(torch.cat(parts).flatten())
