"""The test errors are those of the training samples. Measure on the test samples.

Loses: decay.record.measured, decay.record.again
"""

import json
from pathlib import Path


def decay_log():
    lines = [json.loads(line) for line in Path("decay.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["test_loss"], line["test_accuracy"] = line["train_loss"], line["train_accuracy"]
    return "".join(json.dumps(line) + "\n" for line in lines)
