import json

import numpy as np


def accuracy(logits, one_hot):
    return float(np.mean(logits.argmax(axis=1) == one_hot.argmax(axis=1)))


def final_accuracies(record):
    last = {}
    for line in record.splitlines():
        if line.strip():
            entry = json.loads(line)
            name = entry["optimizer"]
            if name not in last or str(entry["epoch"]) > str(last[name]["epoch"]):
                last[name] = entry
    return {name: entry["test_accuracy"] for name, entry in last.items()}
