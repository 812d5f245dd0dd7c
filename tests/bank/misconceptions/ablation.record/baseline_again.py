"""A run is the baseline once more: it says nothing of any factor.

Loses: ablation.record.one_factor
"""

import json
from pathlib import Path


def ablation_log():
    lines = [json.loads(line) for line in Path("ablation.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in [dict(line) for line in lines[:5]]:
        lines.append({**line, "train_loss": line["train_loss"] + 0.01, "validation_loss": line["validation_loss"] + 0.01})
    return "".join(json.dumps(line) + "\n" for line in lines)
