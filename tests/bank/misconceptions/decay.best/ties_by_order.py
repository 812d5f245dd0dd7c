"""Of equal accuracies the first is taken; the loss decides among them.

Loses: decay.best.validation
"""

import json


def _runs(record):
    runs = {}
    for line in map(json.loads, record.splitlines()):
        runs.setdefault(line["weight_decay"], []).append(line)
    return runs


def best_weight_decay(record):
    runs = _runs(record)
    return max(runs, key=lambda d: runs[d][-1]["validation_accuracy"])
