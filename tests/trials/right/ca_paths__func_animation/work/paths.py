import numpy as np
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation, PillowWriter


def animate_paths(paths, file):
    rows = np.concatenate(list(paths.values()))
    low, high = rows.min(axis=0), rows.max(axis=0)
    room = 0.15 * (high - low) + 0.1
    low, high = low - room, high + room

    fig, ax = plt.subplots(figsize=(6, 4.5), dpi=70)
    X, Y = np.meshgrid(np.linspace(low[0], high[0], 120), np.linspace(low[1], high[1], 120))
    Z = 10 * X ** 2 + Y ** 2
    ax.contour(X, Y, Z, levels=np.linspace(Z.min(), Z.max(), 14)[1:-1], colors="0.8", linewidths=0.8)
    lines = {label: ax.plot([], [], ".-", label=label)[0] for label in paths}
    ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), xlabel="x", ylabel="y", title="descent on 10 x² + y²")
    ax.legend(loc="upper right", fontsize=7)

    def show(t):
        for label, line in lines.items():
            line.set_data(*np.asarray(paths[label])[:t + 1].T)
        return list(lines.values())

    count = len(next(iter(paths.values())))
    FuncAnimation(fig, show, frames=count, blit=False).save(file, writer=PillowWriter(fps=5))
    show(count - 1)
    plt.close(fig)
    return fig
