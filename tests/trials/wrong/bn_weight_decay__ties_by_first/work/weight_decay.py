import json
from itertools import groupby


def best_weight_decay(record):
    rows = map(json.loads, filter(None, record.split("\n")))
    ends = [list(run)[-1] for _, run in groupby(rows, key=lambda row: row["weight_decay"])]
    return max(ends, key=lambda row: row["validation_accuracy"])["weight_decay"]
