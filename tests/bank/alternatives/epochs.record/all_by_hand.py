"""Without training_run: a loop of its own, numbers rounded a little, more settings, keys in another order."""

import json
import pathlib

import numpy as np
from _epochs import epoch_of, measured
from network import initial_parameters


def epochs_log():
    text = ""
    for line in pathlib.Path("epochs.jsonl").read_text().split("\n"):
        if line:
            row = json.loads(line)
            row = {"epoch": row.pop("epoch"), "alpha": 0.9, "machine": "cpu", **row}
            row["train_accuracy"] = round(row["train_accuracy"], 4)
            row["train_loss"], row["test_loss"] = round(row["train_loss"], 6), round(row["test_loss"], 6)
            text += json.dumps(row) + "\n"
    return text


def repeat_run(settings, epochs):
    rng = np.random.default_rng(settings["seed"])
    train, test = samples()
    p = initial_parameters(settings["seed"])
    run = epoch_of(settings, train)
    settings = dict(settings)
    settings["initial_loss"] = measured(p, *train)[0]
    m, rows = None, []
    for number in range(epochs):
        order = rng.permutation(np.arange(len(train[0])))
        p, m = run(p, m, order)
        a, b = measured(p, *train)
        c, d = measured(p, *test)
        row = dict(train_loss=a, train_accuracy=b, test_loss=c, test_accuracy=d)
        rows.append(json.dumps({**row, **settings, "epoch": number + 1}))
    return "\n".join(rows)
