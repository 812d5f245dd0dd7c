"""The losses are made up: so many wrong answers cost more.

Loses: epochs.record.measured
"""

import json
from pathlib import Path


def epochs_log():
    lines = [json.loads(line) for line in Path("epochs.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["test_loss"] = 0.2 / line["epoch"] + len(line["optimizer"]) / 1000
    return "".join(json.dumps(line) + "\n" for line in lines)
