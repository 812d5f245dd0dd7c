"""The numbers are made up: no number of samples has these accuracies.

Loses: epochs.record.measured, epochs.record.complete, epochs.record.learned
Unnamed: because a log that does not come back does not tell how it was made.
"""

import json
from pathlib import Path


def epochs_log():
    lines = [json.loads(line) for line in Path("epochs.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["train_accuracy"] = 1 - 0.9 * 0.8 ** line["epoch"]
        line["test_accuracy"] = 0.95 - 0.9 * 0.8 ** line["epoch"]
    return "".join(json.dumps(line) + "\n" for line in lines)
