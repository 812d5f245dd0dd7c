import json
import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def draw_errors(record):
    table = np.array([(row["optimizer"], row["epoch"], row["train_loss"], row["test_loss"])
                      for row in map(json.loads, record.strip().split("\n"))],
                     dtype=[("optimizer", "O"), ("epoch", "i8"), ("train", "f8"), ("test", "f8")])
    with plt.rc_context({"axes.grid": True, "font.size": 9}):
        figure, axes = plt.subplots()
        handles = []
        for number, name in enumerate(dict.fromkeys(table["optimizer"])):
            run = np.sort(table[table["optimizer"] == name], order="epoch")
            for part, style in dict(train="-", test=":").items():
                handles += axes.plot(run["epoch"], run[part], style, color=f"C{number}", marker="+")
                handles[-1].set_label(f"{part} loss, {name}")
        axes.set_xlabel("epoch")
        axes.set_ylabel("cross-entropy")
        axes.legend(handles=handles)
    plt.close(figure)
    return figure
