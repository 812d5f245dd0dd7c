"""The runs follow a formula: nothing is trained.

Loses: decay.record.again, decay.record.measured, decay.record.complete, decay.record.one_factor, decay.record.chosen
Unnamed: because a person looks at runs that samples do not change.
"""

import json
import math
from pathlib import Path


def decay_log():
    lines = [json.loads(line) for line in Path("decay.jsonl").read_text(encoding="utf-8").splitlines()]
    measures = [f"{part}_{what}" for part in ("train", "validation", "test") for what in ("loss", "accuracy")]
    runs = [{k: v for k, v in line.items() if k not in ("epoch", *measures)} for line in lines if line["epoch"] == 1]
    return "".join(repeat_run(run, 10) for run in runs)


def repeat_run(settings, epochs):
    text = ""
    for epoch in range(1, epochs + 1):
        line = {**settings, "epoch": epoch}
        for number, part in enumerate(("train", "validation", "test")):
            line[f"{part}_loss"] = 2.2 * math.exp(-0.3 * epoch) + 2 * settings["weight_decay"] + 0.1 * number
            line[f"{part}_accuracy"] = round(200 * math.exp(-line[f"{part}_loss"])) / 200
        text += json.dumps(line) + "\n"
    return text
