import json

import numpy as np


def accuracy(logits, one_hot):
    return float(np.mean(logits.argmax(axis=1) == one_hot.argmax(axis=1)))


def final_accuracies(record):
    result = {}
    for line in record.strip().split("\n"):
        entry = json.loads(line)
        name = entry["optimizer"]
        result[name] = max(result.get(name, 0), entry["test_accuracy"])
    return result
