"""Shares of wrong answers as markers, all in one pair of axes, on a logarithmic scale; the axes are returned."""

import json

import numpy as np
from matplotlib import pyplot as plt


def draw_errors(record):
    lines = [json.loads(line) for line in record.splitlines()]
    plt.figure(figsize=(9, 5))
    for name in {line["optimizer"]: 0 for line in lines}:
        table = np.array(
            [(l["epoch"], 1 - l["train_accuracy"], 1 - l["test_accuracy"]) for l in lines if l["optimizer"] == name]
        )
        plt.semilogy(table[:, 0], table[:, 1], "o-", label="Training error of " + name)
        plt.semilogy(table[:, 0], table[:, 2], "x:", label="Test error of " + name)
    plt.title("Errors")
    plt.xlabel("Epoch")
    plt.ylabel("1 − accuracy")
    plt.grid(True)
    plt.legend()
    return plt.gca()
