"""Clones in a dict, a log read line by line, batches of three images."""

import json

import torch


def choose_run(log):
    best, found = -1, None
    for text in log.strip().split("\n"):
        line = json.loads(text)
        if line["validation_accuracy"] > best:
            best, found = line["validation_accuracy"], line
    epoch = found.pop("epoch")
    for measure in MEASURES:
        del found[measure]
    return found, epoch


class BestCheckpoint:
    def __init__(self):
        self.best_acc = float("-inf")

    def update(self, model, validation_accuracy):
        if self.best_acc < validation_accuracy:
            self.best_acc = validation_accuracy
            self.weights = {name: value.detach().clone() for name, value in model.state_dict().items()}

    def restore(self, model):
        with torch.no_grad():
            for name, value in model.state_dict().items():
                value.copy_(self.weights[name])
        return self.best_acc


def final_test(model, state, images, submit):
    model.load_state_dict({k: v.clone() for k, v in state.items()})
    model.train(False)
    with torch.inference_mode():
        predicted = torch.cat([model(part).max(1).indices for part in images.split(3)])
    return float(submit(predicted.clone()))
