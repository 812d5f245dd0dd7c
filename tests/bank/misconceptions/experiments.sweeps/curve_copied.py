"""Two runs have the same curve: one of them was never run.

Loses: experiments.sweeps.sgd
"""

import json
from pathlib import Path


def sgd_log():
    lines = [json.loads(line) for line in Path("sweep_sgd.jsonl").read_text().splitlines()]
    for first, other in zip(lines[15:30], lines[30:45]):
        other["train_loss"] = first["train_loss"]
    return "".join(json.dumps(line) + "\n" for line in lines)
