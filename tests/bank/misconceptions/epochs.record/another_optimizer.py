"""The runs have one another's optimizers: what is called momentum was trained with RMSProp.

Loses: epochs.record.measured
"""

import json
from pathlib import Path


def epochs_log():
    lines = [json.loads(line) for line in Path("epochs.jsonl").read_text(encoding="utf-8").splitlines()]
    other = {"sgd": "sgd", "momentum": "rmsprop", "rmsprop": "momentum"}
    lines = [{**line, "optimizer": other[line["optimizer"]]} for line in lines]
    return "".join(json.dumps(line) + "\n" for line in lines)
