"""Two things are changed at once: the largest weight decay has another learning rate.

Loses: decay.record.again, decay.record.measured, decay.record.complete, decay.record.one_factor, decay.record.chosen
Unnamed: because a log that does not come back does not tell how it was made.
"""

import json
from pathlib import Path


def decay_log():
    lines = [json.loads(line) for line in Path("decay.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line["weight_decay"] == 0.1:
            line["learning_rate"] = 0.05
    return "".join(json.dumps(line) + "\n" for line in lines)
