"""The seed that the log says is not that of its runs.

Loses: experiments.sweeps.sgd
Unnamed: because a log that does not come back does not tell how it was made.
"""

import json
from pathlib import Path


def _changed(name, change):
    lines = [json.loads(line) for line in Path(f"sweep_{name}.jsonl").read_text().splitlines()]
    for line in lines:
        change(line)
    return "".join(json.dumps(line) + "\n" for line in lines)


def _change(line):
    line["seed"] = 7


def sgd_log():
    return _changed("sgd", _change)
