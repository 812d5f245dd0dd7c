import numpy as np
import matplotlib
matplotlib.use('Agg')
from matplotlib.figure import Figure
from matplotlib.animation import FuncAnimation, PillowWriter
from matplotlib.backends.backend_agg import FigureCanvasAgg

def animate_paths(paths, file):
    fig = Figure(figsize=(5, 4), dpi=70)
    FigureCanvasAgg(fig)
    ax = fig.add_subplot()
    whole = np.concatenate(list(paths.values()))
    low, high = whole.min(0), whole.max(0)
    pad = 0.1 * (high - low) + 0.1
    low, high = low - pad, high + pad
    gx, gy = np.meshgrid(np.linspace(low[0], high[0], 80), np.linspace(low[1], high[1], 80))
    ax.contour(gx, gy, 10 * gx ** 2 + gy ** 2, levels=12, colors='lightgray')
    ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), xlabel='x', ylabel='y')
    lines = {k: ax.plot(p[:1, 0], p[:1, 1], '.-', label=k)[0] for k, p in paths.items()}
    ax.legend(fontsize=7)
    n = len(next(iter(paths.values())))
    def draw(t):
        for k, line in lines.items():
            line.set_data(paths[k][:max(t, 1), 0], paths[k][:max(t, 1), 1])
        return list(lines.values())
    FuncAnimation(fig, draw, frames=n, init_func=lambda: [], blit=False).save(file, writer=PillowWriter(fps=8))
    draw(n - 1)
    return fig
