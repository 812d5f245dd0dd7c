import json
import random
from itertools import groupby

import numpy as np


class Recorder:
    def __init__(self, settings):
        self.settings, self.lines = dict(settings), []

    def __call__(self, **measured):
        self.lines.append(json.dumps(self.settings | measured))

    def __str__(self):
        return "".join(line + "\n" for line in self.lines)


def training_run(parameters, epoch, measure, train, test, epochs, settings):
    shuffler, note, memory = random.Random(settings["seed"]), Recorder(settings), None
    for number in range(1, epochs + 1):
        order = list(range(len(train[0])))
        shuffler.shuffle(order)
        parameters, memory = epoch(parameters, memory, np.array(order))
        measures = {}
        for part, samples in (("train", train), ("test", test)):
            loss, share = measure(parameters, *samples)
            measures |= {f"{part}_loss": float(loss), f"{part}_accuracy": float(share)}
        note(epoch=number, **measures)
    return parameters, str(note)


def accuracy(logits, one_hot):
    hits = [max(range(len(row)), key=row.__getitem__) == list(right).index(1) for row, right in zip(logits.tolist(), one_hot.tolist())]
    return sum(hits) / len(hits)


def final_accuracies(record):
    rows = [json.loads(line) for line in record.strip().split("\n")]
    runs = groupby(rows, key=lambda row: row["optimizer"])
    return {name: max(run, key=lambda row: row["epoch"])["test_accuracy"] for name, run in runs}
