"""By pyplot: largest absolute values in grey, clipped; the map in colours over a grey image; nearest numbers."""

import numpy as np
from matplotlib import pyplot as plt


def enlarge(maps, size):
    rows = np.arange(size[0]) * maps.shape[1] // size[0]
    columns = np.arange(size[1]) * maps.shape[2] // size[1]
    return maps[:, rows][:, :, columns]


def normalise(maps):
    result = maps.clone()
    for index, each in enumerate(maps):
        width = each.max() - each.min()
        result[index] = (each - each.min()) / (width if width > 0 else 1)
    return result


def draw_saliency(images, names, vanilla, guided, cam, guided_cam):
    n = len(images)
    fig, axs = plt.subplots(n, 5, figsize=(15, 3 * n))
    axs = np.atleast_2d(axs)
    heat = enlarge(cam, images.shape[-2:])
    for i in range(n):
        axs[i, 0].imshow(images[i].permute(1, 2, 0))
        for j, maps in ((1, vanilla), (2, guided), (4, guided_cam)):
            grey = maps[i].abs().amax(0).numpy()
            axs[i, j].imshow(np.minimum(grey / (np.percentile(grey, 99) or 1), 1), cmap="hot")
        axs[i, 3].imshow(images[i].mean(0), cmap="gray")
        axs[i, 3].imshow(heat[i], cmap="viridis", alpha=0.6)
        for j, name in enumerate((names[i], "Vanilla backprop", "guided backprop", "CAM", "guided Grad-CAM")):
            axs[i, j].set_title(name if j == 0 else f"{name}: {names[i]}")
    return fig
