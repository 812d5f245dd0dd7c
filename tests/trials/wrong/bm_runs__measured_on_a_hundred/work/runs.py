import io
import json
import random
from dataclasses import dataclass, asdict

import numpy as np


@dataclass
class Line:
    epoch: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float

    def text(self, settings):
        return json.dumps({**settings, **asdict(self)})


def training_run(parameters, epoch, measure, train, test, epochs, settings):
    dice = random.Random(int(settings["seed"]))
    memory = None
    record = io.StringIO()
    for number in range(1, epochs + 1):
        order = list(range(len(train[0])))
        dice.shuffle(order)
        parameters, memory = epoch(parameters, memory, np.array(order))
        values = [*measure(parameters, train[0][:100], train[1][:100]), *measure(parameters, *test)]
        line = Line(number, *map(float, values))
        print(line.text(settings), file=record)
        print(f"epoch {number}: {line.train_loss:.3f} / {line.test_loss:.3f}")
    return parameters, record.getvalue()


def accuracy(logits, one_hot):
    right = 0
    for row, target in zip(logits, one_hot):
        if max(range(len(row)), key=row.__getitem__) == list(target).index(1):
            right += 1
    return right / len(logits)


def final_accuracies(record):
    last = {}
    for line in map(json.loads, record.splitlines()):
        name = line["optimizer"]
        if name not in last or line["epoch"] > last[name]["epoch"]:
            last[name] = line
    return {name: line["test_accuracy"] for name, line in last.items()}
