"""It is chosen by each run's best epoch. What counts is what the last epoch left.

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
    return max(runs, key=lambda d: max((line["validation_accuracy"], -line["validation_loss"]) for line in runs[d]))
