"""A factor is missing: no run changes it.

Loses: ablation.record.complete
"""

import json


def handed_in(text):
    lines = [json.loads(line) for line in text.splitlines()]
    lines = [line for line in lines if line["optimizer"] == "adam"]
    return "".join(json.dumps(line) + "\n" for line in lines)
