"""Another seed's runs left out, numbers of eight digits, and keys in another order."""

import json
from pathlib import Path


def ablation_log():
    lines = [json.loads(line) for line in Path("ablation.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = [{"epoch": line.pop("epoch"), **line, "train_loss": round(line["train_loss"], 8)} for line in lines]
    return "".join(json.dumps(line) + "\n" for line in lines)
