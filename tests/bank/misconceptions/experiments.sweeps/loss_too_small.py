"""The losses are made up: so many wrong answers cost more.

Loses: experiments.sweeps.gamma
"""

import json
from pathlib import Path


def gamma_log():
    lines = [json.loads(line) for line in Path("sweep_gamma.jsonl").read_text().splitlines()]
    for line in lines:
        line["validation_loss"] = 0.3 / line["epoch"] + line["gamma"] / 100
    return "".join(json.dumps(line) + "\n" for line in lines)
