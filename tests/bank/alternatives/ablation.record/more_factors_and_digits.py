"""Another seed's runs left out, numbers of eight digits, and keys in another order."""

import json


def handed_in(text):
    lines = [json.loads(line) for line in text.splitlines()]
    lines = [{"epoch": line.pop("epoch"), **line, "train_loss": round(line["train_loss"], 8)} for line in lines]
    return "".join(json.dumps(line) + "\n" for line in lines)
