"""Accuracies are rounded before they are compared, so that the first of nearly equal ones is chosen.

Loses: selection.best.choice
"""

import json


def choose_run(log):
    lines = [json.loads(line) for line in log.splitlines()]
    best = max(lines, key=lambda line: round(line["validation_accuracy"], 3))
    return {k: v for k, v in best.items() if k != "epoch" and k not in MEASURES}, best["epoch"]
