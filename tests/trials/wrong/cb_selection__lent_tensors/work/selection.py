import copy
import json

import torch

FIVE = ("epoch", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


def choose_run(log):
    lines = [json.loads(line) for line in log.splitlines() if line.strip()]
    best = max(lines, key=lambda line: line["validation_accuracy"])
    return {k: v for k, v in best.items() if k not in FIVE}, best["epoch"]


class BestCheckpoint:
    def __init__(self):
        self.accuracy = None
        self.state = None

    def update(self, model, validation_accuracy):
        if self.accuracy is None or validation_accuracy > self.accuracy:
            self.accuracy = validation_accuracy
            self.state = copy.deepcopy(model.state_dict())

    def restore(self, model):
        for name, tensor in [*model.named_parameters(), *model.named_buffers()]:
            tensor.data = self.state[name]
        return self.accuracy


def final_test(model, state, images, submit):
    model.load_state_dict(state)
    model.eval()
    with torch.no_grad():
        classes = model(images).argmax(dim=1)
    return submit(classes)
