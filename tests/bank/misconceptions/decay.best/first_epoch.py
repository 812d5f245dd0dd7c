"""It is chosen by the first epoch. What counts is what the last epoch left.

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
    return max(runs, key=lambda d: (runs[d][0]["validation_accuracy"], -runs[d][0]["validation_loss"]))
