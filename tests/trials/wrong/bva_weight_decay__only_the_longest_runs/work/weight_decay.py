import json

import numpy as np


def best_weight_decay(record):
    rows = [json.loads(line) for line in record.splitlines() if line.strip()]
    last = max(row["epoch"] for row in rows)
    rows = [row for row in rows if row["epoch"] == last]
    best = max(rows, key=lambda row: (row["validation_accuracy"], -row["validation_loss"]))
    return best["weight_decay"]
