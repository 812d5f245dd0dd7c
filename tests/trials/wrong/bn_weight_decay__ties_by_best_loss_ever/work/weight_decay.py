import json
from collections import defaultdict


def best_weight_decay(record):
    runs = defaultdict(list)
    for row in (json.loads(line) for line in record.splitlines()):
        runs[row["weight_decay"]].append(row)

    def merit(decay):
        losses = [row["validation_loss"] for row in runs[decay]]
        return runs[decay][-1]["validation_accuracy"], -min(losses)

    return sorted(runs, key=merit)[-1]
