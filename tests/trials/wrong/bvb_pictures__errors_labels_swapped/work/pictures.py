import json

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def draw_errors(record):
    runs = {}
    for line in record.splitlines():
        entry = json.loads(line)
        runs.setdefault(entry["optimizer"], []).append(entry)
    fig, ax = plt.subplots()
    for name, run in runs.items():
        epochs = [e["epoch"] for e in run]
        curves = zip(*[(e["test_loss"], e["train_loss"]) for e in run])
        for part, curve in zip(("train", "test"), curves):
            ax.plot(epochs, curve, label=f"{part} {name}")
    ax.set_xlabel("epoch")
    ax.set_ylabel("loss")
    ax.legend()
    return fig
