"""One of the runs is made up.

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
    if line["learning_rate"] == 0.001:
        line["validation_loss"] = 2.3 - 0.02 * line["epoch"]


def adam_log():
    return _changed("adam", _change)
