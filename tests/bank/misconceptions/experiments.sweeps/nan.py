"""A run that diverged stands in the log with NaN: numbers are finite, and the run ends there.

Loses: experiments.sweeps.adam, experiments.sweeps.rerun
"""

import json
from pathlib import Path


def adam_log():
    lines = [json.loads(line) for line in Path("sweep_adam.jsonl").read_text().splitlines()]
    lines[-1]["train_loss"] = float("nan")
    return "".join(json.dumps(line) + "\n" for line in lines)
