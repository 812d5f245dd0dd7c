import json
from matplotlib.figure import Figure

def draw_sweep(log, factor):
    runs = []
    for row in map(json.loads, log.splitlines()):
        if row['epoch'] == 1:
            runs.append([])
        runs[-1].append(row)
    fig = Figure(figsize=(10, 4))
    for ax, part in zip(fig.subplots(1, 2), ('train', 'validation')):
        for run in runs:
            ax.plot([r['epoch'] for r in run], [(a[part + '_loss'] + b[part + '_loss']) / 2 for a, b in zip(run[:1] + run, run)], label=str(run[0][factor]))
        ax.set_title(part + ' loss')
        ax.set_xlabel('epoch')
        ax.set_ylabel('loss')
        ax.legend(title=factor)
    return fig
