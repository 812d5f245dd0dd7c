"""The runs follow a formula: nothing is trained.

Loses: experiments.sweeps.rerun, experiments.sweeps.sgd, experiments.sweeps.adam, experiments.sweeps.gamma
Unnamed: because a person looks at runs that samples do not change.
"""

import json
import math
from pathlib import Path


def _of_formula(name):
    lines = [json.loads(line) for line in Path(f"sweep_{name}.jsonl").read_text().splitlines()]
    runs = [{k: v for k, v in line.items() if not k.startswith(("epoch", "train_l", "train_a", "validation_l", "validation_a"))} for line in lines if line["epoch"] == 1]
    return "".join(repeat_run({**run, "epochs": 6}, 6) for run in runs)


def repeat_run(settings, epochs):
    text = ""
    for epoch in range(1, epochs + 1):
        loss = 2.3 - (1 - math.exp(-20 * settings["learning_rate"] * epoch)) * (1 + settings.get("gamma", 1)) / 5
        share = round(500 * (2.3 - loss) / 2) / 500
        measures = {"train_loss": loss, "train_accuracy": share, "validation_loss": loss + 0.01, "validation_accuracy": share}
        text += json.dumps({**settings, "epoch": epoch, **measures}) + "\n"
    return text


def sgd_log():
    return _of_formula("sgd")


def adam_log():
    return _of_formula("adam")


def gamma_log():
    return _of_formula("gamma")
