"""Two things are changed at once, the learning rate and the size of batches: what does the difference come from?

Loses: experiments.sweeps.adam
"""

import json
from pathlib import Path


def adam_log():
    lines = [json.loads(line) for line in Path("sweep_adam.jsonl").read_text().splitlines()]
    for line in lines:
        line["batch_size"] = 20 if line["learning_rate"] > 0.005 else 25
    return "".join(json.dumps(line) + "\n" for line in lines)
