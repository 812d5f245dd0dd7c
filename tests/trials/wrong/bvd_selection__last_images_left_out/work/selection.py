import copy
import json

import torch

MEASURES = ("epoch", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


def choose_run(log):
    best = None
    for line in map(json.loads, log.splitlines()):
        if best is None or line["validation_accuracy"] > best["validation_accuracy"]:
            best = line
    return {key: value for key, value in best.items() if key not in MEASURES}, best["epoch"]


class BestCheckpoint:
    def __init__(self):
        self.accuracy = float("-inf")
        self.state = None

    def update(self, model, validation_accuracy):
        if validation_accuracy > self.accuracy:
            self.accuracy = validation_accuracy
            self.state = copy.deepcopy(model.state_dict())

    def restore(self, model):
        model.load_state_dict(self.state)
        return self.accuracy


def final_test(model, state, images, submit):
    model.load_state_dict(state)
    model.eval()
    with torch.no_grad():
        batches = max(1, len(images) // 64)
        classes = torch.cat([model(images[64 * b : 64 * (b + 1)]).argmax(dim=1) for b in range(batches)])
    return submit(classes)
