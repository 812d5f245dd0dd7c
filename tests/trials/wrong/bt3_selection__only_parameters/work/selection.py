import copy
import json
import torch

MEASURES = {"train_loss", "train_accuracy", "validation_loss", "validation_accuracy"}


def choose_run(log):
    rows = [json.loads(line) for line in log.splitlines() if line.strip()]
    best = max(rows, key=lambda row: row["validation_accuracy"])
    return {k: v for k, v in best.items() if k != "epoch" and k not in MEASURES}, best["epoch"]


class BestCheckpoint:
    def __init__(self):
        self.best = None
        self.weights = {}

    def update(self, model, validation_accuracy):
        if self.best is not None and validation_accuracy <= self.best:
            return
        self.best = validation_accuracy
        self.weights = {name: p.detach().clone() for name, p in model.named_parameters()}

    @torch.no_grad()
    def restore(self, model):
        for name, p in model.named_parameters():
            p.copy_(self.weights[name])
        return self.best


def final_test(model, state, images, submit):
    model.load_state_dict(state)
    model.eval()
    with torch.no_grad():
        classes = model(images).argmax(dim=1)
    return submit(classes)
