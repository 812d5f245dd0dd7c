import copy
import json

import torch

MEASURES = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


def choose_run(log):
    best = None
    for line in log.splitlines():
        entry = json.loads(line)
        if best is None or entry["validation_accuracy"] > best["validation_accuracy"]:
            best = entry
    settings = {name: value for name, value in best.items() if name != "epoch" and name not in MEASURES}
    return settings, best["epoch"]


class BestCheckpoint:
    def __init__(self):
        self.accuracy = None
        self.state = None

    def update(self, model, validation_accuracy):
        if self.accuracy is None or validation_accuracy > self.accuracy:
            self.accuracy = validation_accuracy
            self.state = copy.deepcopy(model.state_dict())

    def restore(self, model):
        model.load_state_dict(self.state, assign=True)
        return self.accuracy


def final_test(model, state, images, submit):
    model.load_state_dict(state)
    model.eval()
    with torch.no_grad():
        classes = model(images).argmax(dim=1)
    return submit(classes)
