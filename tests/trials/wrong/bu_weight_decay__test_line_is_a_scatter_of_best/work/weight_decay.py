import json
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt


def draw_weight_decay(record):
    runs = {}
    for entry in map(json.loads, record.splitlines()):
        runs.setdefault(entry["weight_decay"], []).append(entry)
    values = sorted(runs)
    figure, panes = plt.subplots(1, 2, figsize=(10, 4))
    for pane, what, best in zip(panes, ("accuracy", "loss"), (max, min)):
        pane.plot(values, [runs[v][-1]["train_" + what] for v in values], "o-", label="train")
        pane.plot(values, [best(e["test_" + what] for e in runs[v]) for v in values], "s-", label="test")
        pane.set(title=what, xlabel="weight decay", ylabel=what)
        pane.legend()
    return figure
