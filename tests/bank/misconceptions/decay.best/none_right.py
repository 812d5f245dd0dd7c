"""The best accuracy begins with 0, so that no run is chosen where nothing is right: then the loss decides.

Loses: decay.best.validation
"""

import json


def best_weight_decay(record):
    best, chosen = (0.0, 0.0), None
    for run in {line["weight_decay"]: line for line in map(json.loads, record.splitlines())}.values():
        if (run["validation_accuracy"], -run["validation_loss"]) > best:
            best, chosen = (run["validation_accuracy"], -run["validation_loss"]), run["weight_decay"]
    return chosen
