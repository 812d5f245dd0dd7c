import json
from collections import defaultdict
import numpy as np


def best_weight_decay(record):
    accuracies, losses = defaultdict(list), defaultdict(list)
    for entry in map(json.loads, record.splitlines()):
        accuracies[entry["weight_decay"]].append(entry["validation_accuracy"])
        losses[entry["weight_decay"]].append(entry["validation_loss"])
    return max(accuracies, key=lambda v: (np.mean(accuracies[v]), -np.mean(losses[v])))
