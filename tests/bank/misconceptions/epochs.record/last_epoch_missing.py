"""The last epoch is missing: fourteen epochs are recorded.

Loses: epochs.record.complete
"""

import json
from pathlib import Path


def epochs_log():
    lines = [json.loads(line) for line in Path("epochs.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line["epoch"] < 15]
    return "".join(json.dumps(line) + "\n" for line in lines)
