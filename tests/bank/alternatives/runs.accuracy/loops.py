"""Samples and lines are gone through one by one, in plain Python."""

import json


def accuracy(logits, one_hot):
    right = 0
    for scores, target in zip(logits.tolist(), one_hot.tolist()):
        right += scores.index(max(scores)) == target.index(max(target))
    return right / len(logits)


def final_accuracies(record):
    reported = {}
    for text in record.strip().split("\n"):
        line = json.loads(text)
        reported[line["optimizer"]] = line["test_accuracy"]
    return reported
