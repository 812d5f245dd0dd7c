import json
import copy
import numpy as np
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt

penalty = lambda parameters, weight_decay: sum([weight_decay * np.linalg.norm(np.ravel(w)) ** 2 / 2 for w in parameters], 0.0)


def decayed_step(parameters, gradient, learning_rate, weight_decay):
    # the arrays may be changed, so no new ones
    parameters *= 1 - learning_rate * weight_decay
    parameters -= learning_rate * gradient
    return parameters


def weight_decay_sweep(run, values, settings):
    def one(value):
        mine = copy.deepcopy(dict(settings))
        mine.update(weight_decay=value)
        return run(mine)
    return str.join("", [one(v) for v in values])


def _table(record):
    rows = [json.loads(l) for l in record.split("\n") if l]
    # the row before each new first epoch, and the last row of all, end a run
    ends = [r for r, after in zip(rows, rows[1:] + [{"epoch": 1}]) if after["epoch"] == 1]
    names = ["weight_decay"] + [p + "_" + m for p in ("train", "validation", "test") for m in ("accuracy", "loss")]
    return np.array([tuple(r[n] for n in names) for r in ends], dtype=[(n, float) for n in names])


def best_weight_decay(record):
    table = _table(record)
    order = np.lexsort((table["validation_loss"], -table["validation_accuracy"]))
    return float(table["weight_decay"][order[0]])


def draw_weight_decay(record):
    table = np.sort(_table(record), order="weight_decay")
    fig = plt.figure(figsize=(5, 7))
    for place, measure in enumerate(["accuracy", "loss"], start=1):
        plt.subplot(2, 1, place)
        plt.title("Final " + measure)
        for part in "train", "test":
            plt.plot(table["weight_decay"], table[part + "_" + measure], marker="x", label=part)
        plt.xlabel(r"weight decay $\lambda$")
        plt.ylabel(measure)
        plt.grid(True)
        plt.legend(loc="best")
    plt.tight_layout()
    return fig
