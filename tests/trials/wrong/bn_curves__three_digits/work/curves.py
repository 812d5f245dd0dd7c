import json
from collections import OrderedDict

import matplotlib.pyplot as plt


def draw_sweep(log, factor):
    runs = OrderedDict()
    for line in log.splitlines():
        row = json.loads(line)
        runs.setdefault("%.3f" % row[factor], []).append(row)
    fig = plt.figure(figsize=(9, 4))
    for i, part in enumerate(["train", "validation"]):
        ax = fig.add_subplot(1, 2, i + 1)
        for name, rows in runs.items():
            label = name.rstrip("0") if float(name) else name
            ax.plot([r["epoch"] for r in rows], [r[part + "_loss"] for r in rows], label=label)
        ax.set_title(part + " loss")
        ax.set_xlabel("epoch")
        ax.set_ylabel("loss")
        ax.legend(title=factor)
    return fig
