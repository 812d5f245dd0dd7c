"""Of equals the last is chosen.

Loses: selection.best.choice
"""

import json


def choose_run(log):
    lines = [json.loads(line) for line in log.splitlines()]
    best = max(reversed(lines), key=lambda line: line["validation_accuracy"])
    return {k: v for k, v in best.items() if k != "epoch" and k not in MEASURES}, best["epoch"]
