"""The best run is chosen by its training accuracy: that is what overfits.

Loses: selection.best.choice
"""

import json


def choose_run(log):
    lines = [json.loads(line) for line in log.splitlines()]
    best = max(lines, key=lambda line: line["train_accuracy"])
    return {k: v for k, v in best.items() if k != "epoch" and k not in MEASURES}, best["epoch"]
