"""These are the errors of the last batch. Measure on all training samples after each epoch.

Loses: epochs.record.measured, epochs.record.complete, epochs.record.learned
"""

import json
from pathlib import Path


def epochs_log():
    lines = [json.loads(line) for line in Path("epochs.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        right = round(line["train_accuracy"] * line["batch_size"])
        line["train_accuracy"] = right / line["batch_size"]
        line["train_loss"] += 0.7 * (line["batch_size"] - right) / line["batch_size"]
    return "".join(json.dumps(line) + "\n" for line in lines)
