
import json


def runs_of(record):
    runs = {}
    for line in record.split("\n"):
        if line.strip():
            row = json.loads(line)
            runs.setdefault(row["weight_decay"], []).append(row)
    for rows in runs.values():
        rows.sort(key=lambda row: row["epoch"])
    return runs


def best_weight_decay(record):
    runs = runs_of(record)

    def order(value):
        return -runs[value][-1]["validation_accuracy"], runs[value][-1]["validation_loss"]

    last = max(rows[-1]["epoch"] for rows in runs.values())
    return min((value for value in runs if runs[value][-1]["epoch"] == last), key=order)
