import io

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image


def animate_paths(paths, file):
    n = len(next(iter(paths.values())))
    fig, ax = plt.subplots(figsize=(5, 5), dpi=72)
    stacked = np.vstack(list(paths.values()))
    reach = 1.15 * np.abs(stacked).max(axis=0) + 0.05
    X, Y = np.meshgrid(np.linspace(-reach[0], reach[0], 75), np.linspace(-reach[1], reach[1], 75))
    Z = 10 * X * X + Y * Y
    ax.contour(X, Y, Z, np.max(Z) * np.array([0.01, 0.04, 0.1, 0.2, 0.4, 0.7]), colors="0.7")
    clouds = [
        ax.scatter(path[0, 0], path[0, 1], s=14, label=name, color=plt.cm.tab10(k % 10))
        for k, (name, path) in enumerate(paths.items())
    ]
    ax.set_xlim(-reach[0], reach[0]); ax.set_ylim(-reach[1], reach[1])
    ax.set_xlabel("parameter x"); ax.set_ylabel("parameter y")
    ax.legend(fontsize=7)
    frames = []
    for t in range(n):
        for cloud, path in zip(clouds, paths.values()):
            cloud.set_offsets(path[: max(t, 1)])
        buffer = io.BytesIO()
        fig.savefig(buffer, format="png")
        buffer.seek(0)
        frames.append(Image.open(buffer).convert("P", palette=Image.ADAPTIVE))
    durations = [150] * (n - 1) + [2000]
    frames[0].save(file, save_all=True, append_images=frames[1:], duration=durations, loop=0)
    plt.close(fig)
    return fig
