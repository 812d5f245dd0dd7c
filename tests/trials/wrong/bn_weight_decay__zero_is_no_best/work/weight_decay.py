import json


def best_weight_decay(record):
    final = {}
    for line in record.splitlines():
        row = json.loads(line)
        final[row["weight_decay"]] = (row["validation_accuracy"], -row["validation_loss"])
    best = None
    for decay, merit in final.items():
        if not best or merit > final[best]:
            best = decay
    return best
