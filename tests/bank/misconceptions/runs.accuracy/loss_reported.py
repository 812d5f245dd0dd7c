"""The test loss is reported. Report the accuracy.

Loses: runs.accuracy.reported
"""

import json


def final_accuracies(record):
    lines = [json.loads(line) for line in record.splitlines()]
    return {line["optimizer"]: line["test_loss"] for line in lines}
