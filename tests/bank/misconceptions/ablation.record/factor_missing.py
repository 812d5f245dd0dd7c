"""A factor is missing: no run changes it.

Loses: ablation.record.complete
"""

import json
from pathlib import Path


def ablation_log():
    lines = [json.loads(line) for line in Path("ablation.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line["optimizer"] == "adam"]
    return "".join(json.dumps(line) + "\n" for line in lines)
