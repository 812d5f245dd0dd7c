from functools import reduce
import torch
from matplotlib.figure import Figure
from matplotlib import colormaps


def enlarge(maps, size):
    (H, W), (h, w) = size, maps.shape[-2:]
    rows = torch.arange(H) * h // H
    columns = torch.arange(W) * w // W
    return maps[:, rows][:, :, columns]


def normalise(maps):
    def one(m):
        m = m - m.min()
        return m / m.max() if m.max() > 0 else torch.zeros_like(m)
    if maps.dim() == 4:
        return torch.stack([torch.stack([one(c) for c in m]) for m in maps])
    return torch.stack([one(m) for m in maps])


def draw_saliency(images, names, vanilla, guided, cam, guided_cam):
    figure = Figure(figsize=(15, 3 * len(images)), layout="tight")
    grid = figure.subplots(len(images), 5)
    H, W = images.shape[2:]
    coloured = lambda maps: normalise(maps).permute(0, 2, 3, 1).cpu().numpy()
    shown = (
        images.permute(0, 2, 3, 1).cpu().numpy(),
        coloured(vanilla),
        coloured(guided),
        normalise(enlarge(cam, (H, W))).cpu().numpy(),
        coloured(guided_cam),
    )
    words = "{0}", "Vanilla gradient of {0}", "Guided Backprop: {0}", "CAM: {0}", "Guided Grad-CAM: {0}"
    for row, axes in enumerate(grid):
        for pictures, word, ax in zip(shown, words, axes):
            ax.imshow(pictures[row], cmap=colormaps["viridis"])
            ax.set(title=word.format(names[row]), xticks=[], yticks=[])
    return figure
