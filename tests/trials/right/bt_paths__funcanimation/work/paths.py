import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation, PillowWriter

def animate_paths(paths, file):
    every = np.concatenate(list(paths.values()))
    low, high = every.min(axis=0), every.max(axis=0)
    gap = 0.1 * (high - low) + 0.2
    low, high = low - gap, high + gap
    fig, ax = plt.subplots(figsize=(5, 4), dpi=80)
    X, Y = np.meshgrid(np.linspace(low[0], high[0], 120), np.linspace(low[1], high[1], 120))
    Z = 10 * X**2 + Y**2
    ax.contour(X, Y, Z, levels=np.linspace(0, Z.max(), 14)[1:], colors="0.7", linewidths=0.7)
    ax.set_xlim(low[0], high[0])
    ax.set_ylim(low[1], high[1])
    ax.set_xlabel("x")
    ax.set_ylabel("y")
    ax.set_title("descent on 10 x² + y²")
    lines = {label: ax.plot([], [], "o-", ms=3, lw=1, label=label)[0] for label in paths}
    ax.legend(loc="upper right", fontsize=7)
    n = max(len(path) for path in paths.values())

    def draw(t):
        for label, path in paths.items():
            lines[label].set_data(path[:t + 1, 0], path[:t + 1, 1])
        return list(lines.values())

    FuncAnimation(fig, draw, frames=n, init_func=lambda: [], blit=False).save(file, writer=PillowWriter(fps=8))
    draw(n - 1)
    plt.close(fig)
    return fig
