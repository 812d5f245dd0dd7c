"""With pyplot, FuncAnimation and a writer by name; markers alone, contours at levels of their own over filled ones."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import animation


def animate_paths(paths, file):
    plt.figure(figsize=(6, 4))
    reach = np.abs(list(paths.values())).max(axis=(0, 1)) + 0.2
    xs, ys = np.meshgrid(np.linspace(-reach[0], reach[0], 60), np.linspace(-reach[1], reach[1], 60))
    zs = 10 * xs**2 + ys**2
    plt.contourf(xs, ys, zs, levels=[1, 5, 10, 20, 40], cmap="Blues", alpha=0.4)
    plt.contour(xs, ys, zs, levels=[1, 5, 10, 20, 40])
    plt.xlabel("$x$")
    plt.ylabel("$y$")
    dots = [plt.scatter([], [], s=12, label=label) for label in paths]
    plt.legend(loc="upper right")

    def update(t):
        for dot, path in zip(dots, paths.values()):
            dot.set_offsets(path[: t + 1])
        return dots

    n = len(list(paths.values())[0])
    movie = animation.FuncAnimation(plt.gcf(), update, frames=n, interval=100, blit=True)
    movie.save(file, writer="pillow")
    return plt.gcf()
