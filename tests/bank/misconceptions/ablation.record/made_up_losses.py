"""No run can have measured this. A log holds what was measured, with all its digits.

Loses: ablation.record.measured
"""

import json


def handed_in(text):
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines[5:]:
        line["validation_loss"] = 0.9 ** line["epoch"] * 0.3 + line["validation_accuracy"] / 1e4
    return "".join(json.dumps(line) + "\n" for line in lines)
