import json

import numpy as np


def last_epochs(record):
    """The row of the last epoch of each run, by weight decay."""
    rows = {}
    for line in record.splitlines():
        if line.strip():
            row = json.loads(line)
            known = rows.get(row["weight_decay"])
            if known is None or row["epoch"] > known["epoch"]:
                rows[row["weight_decay"]] = row
    return rows


def best_weight_decay(record):
    rows = last_epochs(record).values()
    best = max(rows, key=lambda row: (row["validation_accuracy"], row["validation_loss"]))
    return best["weight_decay"]
