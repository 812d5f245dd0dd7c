import json
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib import cm


def draw_sweep(log, factor):
    runs = {}
    for line in log.splitlines():
        d = json.loads(line)
        key = json.dumps({k: v for k, v in d.items() if not k.endswith(("_loss", "_accuracy")) and k != "epoch"}, sort_keys=True)
        runs.setdefault(key, []).append(d)
    figure = Figure(figsize=(11, 4.5))
    for place, measure in enumerate(("train_loss", "validation_loss")):
        axes = figure.add_axes([0.08 + 0.5 * place, 0.14, 0.4, 0.74])
        handles = []
        for n, (_, run) in enumerate(runs.items()):
            xs, ys = zip(*((d["epoch"], d[measure]) for d in run))
            line = Line2D(xs, ys, color=cm.viridis(n / max(1, len(runs) - 1)), marker=".", label=repr(run[0][factor]).strip("'"))
            handles.append(axes.add_line(line))
        axes.autoscale_view()
        axes.legend(handles=handles, title=factor, loc="upper right")
        axes.set_title(f"The {measure.split('_')[0]} loss for each {factor}")
        axes.set_xlabel("epochs done")
        axes.set_ylabel("mean loss")
    return figure
