import json

import numpy as np


def accuracy(logits, one_hot):
    own = (logits * one_hot).sum(axis=1)
    logits.sort(axis=1)
    return float((own == logits[:, -1]).mean())


def final_accuracies(record):
    result = {}
    for line in record.splitlines():
        entry = json.loads(line)
        result[entry["optimizer"]] = entry["test_accuracy"]
    return result
