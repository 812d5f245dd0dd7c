"""The logs are of no run of this code: a run, repeated, begins otherwise.

Loses: experiments.sweeps.sgd, experiments.sweeps.adam, experiments.sweeps.gamma
Unnamed: because a log that does not come back does not tell how it was made.
"""

import json
from pathlib import Path


def _made_up(name):
    lines = [json.loads(line) for line in Path(name).read_text().splitlines()]
    for line in lines:
        line["train_loss"] += 0.5
    return "".join(json.dumps(line) + "\n" for line in lines)


def sgd_log():
    return _made_up("sweep_sgd.jsonl")


def adam_log():
    return _made_up("sweep_adam.jsonl")


def gamma_log():
    return _made_up("sweep_gamma.jsonl")
