"""The losses are changed by a hundredth of one per cent.

Loses: experiments.sweeps.sgd
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
    line["train_loss"] *= 1.0001


def sgd_log():
    return _changed("sgd", _change)
