"""Accuracies are per cent: shares from 0 to 1 are asked for.

Loses: ablation.record.measured, ablation.record.complete, ablation.record.one_factor, ablation.record.untested, ablation.record.run, ablation.record.again
"""

import json
from pathlib import Path


def _per_cent(text):
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        for part in ("train", "validation"):
            line[f"{part}_accuracy"] *= 100
    return "".join(json.dumps(line) + "\n" for line in lines)


def ablation_log():
    return _per_cent(Path("ablation.jsonl").read_text(encoding="utf-8"))


_run = run


def run(settings, epochs, train, validation):
    return _per_cent(_run(settings, epochs, train, validation))
