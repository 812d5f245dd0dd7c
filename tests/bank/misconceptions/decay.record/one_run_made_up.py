"""One of the runs is made up.

Loses: decay.record.again, decay.record.measured, decay.record.complete, decay.record.one_factor, decay.record.chosen
Unnamed: because a log that does not come back does not tell how it was made.
"""

import json
from pathlib import Path


def decay_log():
    lines = [json.loads(line) for line in Path("decay.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        _change(line)
    return "".join(json.dumps(line) + "\n" for line in lines)


def _change(line):
    if line["weight_decay"] == 0.003:
        line["validation_loss"] = 2.3 * 0.8 ** line["epoch"]
