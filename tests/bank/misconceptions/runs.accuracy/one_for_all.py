"""The last line of the record is reported for all optimizers. Each has a run of its own.

Loses: runs.accuracy.reported
"""

import json


def final_accuracies(record):
    lines = [json.loads(line) for line in record.splitlines()]
    return {line["optimizer"]: lines[-1]["test_accuracy"] for line in lines}
