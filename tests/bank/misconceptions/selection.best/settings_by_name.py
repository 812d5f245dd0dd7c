"""Settings are left out whose names begin with train_ or validation_, or with epoch: only the five go.

Loses: selection.best.choice
"""

import json


def choose_run(log):
    lines = [json.loads(line) for line in log.splitlines()]
    best = max(lines, key=lambda line: line["validation_accuracy"])
    return {k: v for k, v in best.items() if not k.startswith(("train_", "validation_", "epoch"))}, best["epoch"]
