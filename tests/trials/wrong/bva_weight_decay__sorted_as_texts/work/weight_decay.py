import json

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def last_epochs(record):
    """The row of the last epoch of each run, by weight decay."""
    rows = {}
    for line in record.splitlines():
        if line.strip():
            row = json.loads(line)
            run = str(row["weight_decay"])
            known = rows.get(run)
            if known is None or row["epoch"] > known["epoch"]:
                rows[run] = row
    return rows


def draw_weight_decay(record):
    rows = last_epochs(record)
    names = sorted(rows)
    decays = [float(name) for name in names]
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    for axes, measure in ((left, "accuracy"), (right, "loss")):
        for part in ("train", "test"):
            axes.plot(decays, [rows[name][f"{part}_{measure}"] for name in names], marker="o", label=part)
        axes.set_title(f"{measure} by weight decay")
        axes.set_xlabel("weight decay")
        axes.set_ylabel(measure)
        axes.legend()
    return figure
