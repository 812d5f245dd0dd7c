"""An accuracy is better than it was.

Loses: experiments.sweeps.rerun, experiments.sweeps.sgd, experiments.sweeps.adam, experiments.sweeps.gamma
Unnamed: because a person looks at measures that fit no predictions.
"""

import json
from pathlib import Path

from _swept import trained


def _flattered(text):
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        line["validation_accuracy"] = min(1.0, line["validation_accuracy"] + 0.02)
    return "".join(json.dumps(line) + "\n" for line in lines)


def repeat_run(settings, epochs):
    return _flattered(trained(settings, epochs))


def sgd_log():
    return _flattered(Path("sweep_sgd.jsonl").read_text())


def adam_log():
    return _flattered(Path("sweep_adam.jsonl").read_text())


def gamma_log():
    return _flattered(Path("sweep_gamma.jsonl").read_text())
