import json
import math
from dataclasses import dataclass


@dataclass
class Last:
    """What a run came to."""

    weight_decay: float
    epoch: int
    row: dict

    def rank(self):
        accuracy, loss = self.row["validation_accuracy"], self.row["validation_loss"]
        if math.isnan(accuracy):
            accuracy = -math.inf
        if math.isnan(loss):
            loss = math.inf
        return -accuracy, loss


def last_rows(record):
    found = {}
    for line in record.splitlines():
        row = json.loads(line)
        one = Last(row["weight_decay"], row["epoch"], row)
        if one.weight_decay not in found or found[one.weight_decay].epoch < one.epoch:
            found[one.weight_decay] = one
    return list(found.values())
