"""The accuracy on the training samples is reported. Report that on the test samples.

Loses: runs.accuracy.reported
"""

import json


def final_accuracies(record):
    lines = [json.loads(line) for line in record.splitlines()]
    return {line["optimizer"]: line["train_accuracy"] for line in lines}
