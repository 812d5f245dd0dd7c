import json
from collections import defaultdict


def accuracy(logits, one_hot):
    hits = [int(row.argmax()) == int(chosen.argmax()) for row, chosen in zip(logits, one_hot)]
    return sum(hits) / len(hits)


def final_accuracies(record):
    """The last line of an optimizer stands."""
    found = defaultdict(float)
    for line in record.splitlines():
        run = json.loads(line)
        found[run["optimizer"]] = run["test_accuracy"]
    return found
