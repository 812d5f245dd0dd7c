"""Two runs have the same curve: one of them was never run.

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


CURVES = {}


def _change(line):
    CURVES.setdefault(line["epoch"], line["train_loss"])
    if line["learning_rate"] == 0.01:
        line["train_loss"] = CURVES[line["epoch"]]


def sgd_log():
    return _changed("sgd", _change)
