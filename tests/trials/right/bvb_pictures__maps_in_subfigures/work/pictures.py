import numpy as np
from matplotlib.colors import CenteredNorm
from matplotlib.figure import Figure


def draw_maps(first, second):
    figure = Figure(figsize=(7, 4), layout="constrained")
    norm = CenteredNorm(vcenter=0, halfrange=1)
    for part, number, maps in zip(figure.subfigures(2, 1), ("1", "2"), (first, second)):
        part.suptitle(f"after convolution {number}")
        strongest = np.argsort(-np.ptp(maps, axis=(1, 2)), kind="stable")[:3]
        for axes, k in zip(part.subplots(1, 3), strongest):
            scale = np.abs(maps[k]).max() or 1.0
            shown = axes.imshow(maps[k] / scale, cmap="RdBu_r", norm=norm, interpolation="nearest")
            axes.set_title(f"layer {number}, map {'abcd'[k]}")
            axes.set_axis_off()
        part.colorbar(shown, ax=list(part.axes), label="in units of each map's maximum")
    return figure
