import torch
import torch.nn.functional as F
import matplotlib.pyplot as plt


def enlarge(maps, size):
    if tuple(maps.shape[1:]) == tuple(size):
        return maps.clone()
    return F.interpolate(maps.unsqueeze(1), size=tuple(size), mode="bilinear", align_corners=True).squeeze(1)


def normalise(maps):
    flat = maps.reshape(len(maps), -1)
    low, high = flat.min(1, keepdim=True).values, flat.max(1, keepdim=True).values
    span = high - low
    scaled = (flat - low) / torch.where(span > 0, span, torch.ones_like(span))
    return scaled.reshape(maps.shape)


def gray(maps):
    return normalise(maps.abs().amax(dim=1))


def draw_saliency(images, names, vanilla, guided, cam, guided_cam):
    n, _, h, w = images.shape
    import numpy as np
    fig = plt.figure(figsize=(12, 2.5 * n))
    axes = np.empty((n, 5), object)
    for j in range(5):
        for i in range(n):
            axes[i, j] = fig.add_subplot(n, 5, 5 * i + j + 1)
    heat = normalise(enlarge(cam, (h, w)))
    columns = [("vanilla", gray(vanilla)), ("guided backprop", gray(guided)), ("CAM", heat), ("guided Grad-CAM", gray(guided_cam))]
    for i in range(n):
        picture = images[i].permute(1, 2, 0).numpy()
        axes[i, 0].imshow(picture)
        axes[i, 0].set_title(names[i])
        for j, (title, maps) in enumerate(columns, 1):
            ax = axes[i, j]
            if title == "CAM":
                ax.imshow(picture)
                ax.imshow(maps[i].numpy(), cmap="jet", alpha=0.5, vmin=0, vmax=1)
            else:
                ax.imshow(maps[i].numpy(), cmap="gray", vmin=0, vmax=1)
            if i == 0:
                ax.set_title(title)
    for ax in axes.flat:
        ax.axis("off")
    plt.close(fig)
    return fig
