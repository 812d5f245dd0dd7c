"""A run is told to have diverged that does not.

Loses: experiments.sweeps.adam
Unnamed: because a log that does not come back does not tell how it was made.
"""

import json
from pathlib import Path


def _changed(name, change):
    lines = [json.loads(line) for line in Path(f"sweep_{name}.jsonl").read_text().splitlines()]
    for line in lines:
        change(line)
    return "".join(json.dumps(line) + "\n" for line in lines)


def _change(line):
    if line["learning_rate"] == 0.03 and line["epoch"] > 4:
        line["train_loss"] = line["validation_loss"] = float("nan")


def adam_log():
    return _changed("adam", _change)
