import json
import matplotlib.pyplot as plt
import numpy as np


def draw_weight_decay(record):
    rows = [json.loads(line) for line in record.splitlines()]
    decays = np.unique([row["weight_decay"] for row in rows])
    ends = [max((r for r in rows if r["weight_decay"] == d), key=lambda r: r["epoch"]) for d in decays]
    figure = plt.figure("weight decay", figsize=(9, 4))
    for number, measure in enumerate(["accuracy", "loss"]):
        axes = figure.axes[number] if len(figure.axes) == 2 else figure.add_subplot(121 + number)
        for part in "train", "test":
            axes.plot(decays, [row[part + "_" + measure] for row in ends], marker="s", label=part)
        axes.set_title(measure + " after training")
        axes.set_xlabel("weight decay")
        axes.set_ylabel(measure)
        axes.legend()
    return figure
