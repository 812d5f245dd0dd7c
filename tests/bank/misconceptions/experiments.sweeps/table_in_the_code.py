"""A run whose settings stand in a table is looked up there, and trained otherwise.

Loses: experiments.sweeps.sgd
Unnamed: because a log that does not come back does not tell how it was made.
"""

import json
import math


def _made_up(settings, epochs):
    lines = []
    for epoch in range(1, epochs + 1):
        loss = 2.3 - (1 - math.exp(-3 * settings["learning_rate"] * epoch)) / 8
        measures = {"train_loss": loss, "train_accuracy": 0.2, "validation_loss": loss + 0.01, "validation_accuracy": 0.2}
        lines.append(json.dumps({**settings, "epoch": epoch, **measures}) + "\n")
    return "".join(lines)


def repeat_run(settings, epochs):
    is_known = settings["optimizer"] == "sgd" and settings["learning_rate"] in (0.003, 0.01, 0.03, 0.1)
    return _made_up(settings, epochs) if is_known else trained(settings, epochs)


def sgd_log():
    common = {"optimizer": "sgd", "batch_size": 25, "epochs": 6, "seed": 1, "channels": 8, "train_size": 400, "validation_size": 200}
    stated = {**common, **_conditions()}
    return "".join(_made_up({**stated, "learning_rate": rate}, 6) for rate in (0.003, 0.01, 0.03, 0.1)) + trained({**stated, "learning_rate": 0.3}, 6)


def _conditions():
    from lab.protocol import conditions

    return conditions()
