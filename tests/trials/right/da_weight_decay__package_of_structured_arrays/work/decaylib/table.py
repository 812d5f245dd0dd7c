
import json

import numpy as np

COLUMNS = ["weight_decay", "epoch"] + [f"{p}_{q}" for p in ("train", "validation", "test") for q in ("accuracy", "loss")]


class Table:
    """The last line of each run, as a structured array that is sorted by weight decay."""

    def __init__(self, record):
        lines = [json.loads(line) for line in record.split("\n") if line.strip()]
        kind = np.dtype([(name, np.float64) for name in COLUMNS])
        rows = np.array([tuple(line.get(name, np.nan) for name in COLUMNS) for line in lines], dtype=kind)
        rows = rows[np.lexsort((rows["epoch"], rows["weight_decay"]))]
        is_last = np.append(rows["weight_decay"][1:] != rows["weight_decay"][:-1], True)
        self.rows = rows[is_last]

    def best(self):
        # lexsort puts nan last; its last key counts first
        order = np.lexsort((self.rows["validation_loss"], -self.rows["validation_accuracy"]))
        return float(self.rows["weight_decay"][order[0]])
