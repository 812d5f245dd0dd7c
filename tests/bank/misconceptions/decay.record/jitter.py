"""The losses are changed by a hundredth of one per cent.

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
    line["test_loss"] *= 1.0001
