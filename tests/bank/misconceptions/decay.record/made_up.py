"""The numbers are made up: no number of samples has these accuracies.

Loses: decay.record.measured
"""

import json
from pathlib import Path


def decay_log():
    lines = [json.loads(line) for line in Path("decay.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["train_accuracy"] = 1 - 0.9 * 0.8 ** line["epoch"]
    return "".join(json.dumps(line) + "\n" for line in lines)
