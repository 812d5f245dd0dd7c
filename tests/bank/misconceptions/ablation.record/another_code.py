"""The log is not of this code with these settings.

Loses: ablation.record.again, ablation.record.measured, ablation.record.complete, ablation.record.one_factor, ablation.record.untested
Unnamed: because a log that does not come back does not tell how it was made.
"""

import json
from pathlib import Path


def ablation_log():
    lines = [json.loads(line) for line in Path("ablation.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["train_loss"] = line["train_loss"] * 0.8
        line["train_accuracy"] = round(line["train_accuracy"] * 500) / 1000
    return "".join(json.dumps(line) + "\n" for line in lines)
