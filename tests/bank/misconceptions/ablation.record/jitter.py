"""The losses are changed by a hundredth of one per cent.

Loses: ablation.record.again, ablation.record.measured, ablation.record.complete, ablation.record.one_factor, ablation.record.untested
Unnamed: because a log that does not come back does not tell how it was made.
"""

import json
from pathlib import Path


def ablation_log():
    lines = [json.loads(line) for line in Path("ablation.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        _change(line)
    return "".join(json.dumps(line) + "\n" for line in lines)


def _change(line):
    line["train_loss"] *= 1.0001
