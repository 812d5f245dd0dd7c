"""A run is missing: five values are asked for.

Loses: experiments.sweeps.sgd
"""

import json
from pathlib import Path


def sgd_log():
    lines = [json.loads(line) for line in Path("sweep_sgd.jsonl").read_text().splitlines()]
    lines = [line for line in lines if line["learning_rate"] != 0.1]
    return "".join(json.dumps(line) + "\n" for line in lines)
