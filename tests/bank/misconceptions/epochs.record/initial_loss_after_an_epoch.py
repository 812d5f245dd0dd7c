"""The initial loss is that after the first epoch. Measure it before the first step.

Loses: epochs.record.measured, epochs.record.complete, epochs.record.learned
Unnamed: because a log that does not come back does not tell how it was made.
"""

import json
from pathlib import Path


def epochs_log():
    lines = [json.loads(line) for line in Path("epochs.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line["epoch"] == 1:
            first = line["train_loss"]
        line["initial_loss"] = first
    return "".join(json.dumps(line) + "\n" for line in lines)
