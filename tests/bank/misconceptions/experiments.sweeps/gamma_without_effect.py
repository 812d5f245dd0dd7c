"""The runs end before the first step of the scheduler, so that gamma changes nothing.

Loses: experiments.sweeps.gamma
"""

import json
from pathlib import Path


def gamma_log():
    lines = [json.loads(line) for line in Path("sweep_gamma.jsonl").read_text().splitlines()]
    for line in lines:
        line["step_size"] = 15
    return "".join(json.dumps(line) + "\n" for line in lines)
