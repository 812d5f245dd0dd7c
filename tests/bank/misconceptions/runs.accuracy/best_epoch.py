"""The best accuracy of all epochs is reported. To choose an epoch by the test samples is to train on them.

Loses: runs.accuracy.reported
"""

import json


def final_accuracies(record):
    lines = [json.loads(line) for line in record.splitlines()]
    best = {}
    for line in lines:
        best[line["optimizer"]] = max(best.get(line["optimizer"], 0), line["test_accuracy"])
    return best
