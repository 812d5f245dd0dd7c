"""A weight decay of 0 is left out: it is the run that the others are compared with.

Loses: decay.record.complete
"""

import json
from pathlib import Path


def decay_log():
    lines = [json.loads(line) for line in Path("decay.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line["weight_decay"]]
    return "".join(json.dumps(line) + "\n" for line in lines)
