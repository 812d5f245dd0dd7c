"""The lines of the last epochs, sorted."""

import json


def best_weight_decay(record):
    last = {}
    for text in record.strip().split("\n"):
        line = json.loads(text)
        last[line["weight_decay"]] = line
    ranked = sorted(last.values(), key=lambda line: (-line["validation_accuracy"], line["validation_loss"]))
    return ranked[0]["weight_decay"]
