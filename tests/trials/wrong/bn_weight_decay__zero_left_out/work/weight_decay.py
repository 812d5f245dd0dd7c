import json
from matplotlib.figure import Figure


def draw_weight_decay(record):
    last = {}
    for line in record.splitlines():
        row = json.loads(line)
        if row["weight_decay"] > 0:  # log(0)
            last[row["weight_decay"]] = row
    decays = sorted(last)
    figure = Figure(figsize=(9, 4))
    for place, measure in enumerate(("accuracy", "loss"), 1):
        axes = figure.add_subplot(1, 2, place)
        for part in ("train", "test"):
            axes.semilogx(decays, [last[d][f"{part}_{measure}"] for d in decays], "o-", label=part)
        axes.set_title(f"{measure} by weight decay")
        axes.set_xlabel("weight decay")
        axes.set_ylabel(measure)
        axes.legend()
    return figure
