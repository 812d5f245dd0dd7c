"""An epoch is missing: the record ends before the last, or begins after the first.

Loses: epochs.record.complete
"""

import json
from pathlib import Path


def epochs_log():
    lines = [json.loads(line) for line in Path("epochs.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line["epoch"] < 15]
    return "".join(json.dumps(line) + "\n" for line in lines)
