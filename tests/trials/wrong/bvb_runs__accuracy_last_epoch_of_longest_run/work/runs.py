import json

import numpy as np


def accuracy(logits, one_hot):
    return float(np.mean(logits.argmax(axis=1) == one_hot.argmax(axis=1)))


def final_accuracies(record):
    entries = [json.loads(line) for line in record.splitlines()]
    last = max(entry["epoch"] for entry in entries)
    return {entry["optimizer"]: entry["test_accuracy"] for entry in entries if entry["epoch"] == last}
