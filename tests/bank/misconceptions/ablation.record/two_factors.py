"""Two things are changed at once: change one, and keep everything else as it is.

Loses: ablation.record.one_factor
"""

import json


def handed_in(text):
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        if line["pooling"] == "stride":
            line["learning_rate"] = 0.01
    return "".join(json.dumps(line) + "\n" for line in lines)
