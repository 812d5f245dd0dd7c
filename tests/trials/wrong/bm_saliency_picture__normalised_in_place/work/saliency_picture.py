import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import torch


def _matrix(small, large):
    """Weights, shape (large, small), that go linearly between the centres of pixels."""
    at = ((torch.arange(large, dtype=torch.float64) + 0.5) * small / large - 0.5).clamp(0, small - 1)
    low = at.floor().long()
    high = (low + 1).clamp(max=small - 1)
    part = at - low
    m = torch.zeros(large, small, dtype=torch.float64)
    rows = torch.arange(large)
    m[rows, low] += 1 - part
    m[rows, high] += part
    return m


def enlarge(maps, size):
    H, W = size
    if tuple(maps.shape[1:]) == (H, W):
        return maps.clone()
    down, across = _matrix(maps.shape[1], H).to(maps), _matrix(maps.shape[2], W).to(maps)
    return down @ maps @ across.T


def normalise(maps):
    flat = maps.view(len(maps), -1)
    flat -= flat.amin(1, keepdim=True)
    low, width = torch.zeros(len(maps), 1).to(maps), flat.amax(1, keepdim=True)
    scaled = torch.where(width > 0, (flat - low) / torch.where(width > 0, width, torch.ones_like(width)), 0 * flat)
    return scaled.reshape(maps.shape)


TITLES = [None, "vanilla", "guided backprop", "CAM", "guided Grad-CAM"]


def _channels_last(image):
    return image.detach().permute(1, 2, 0).cpu().numpy()


def draw_saliency(images, names, vanilla, guided, cam, guided_cam):
    n = len(images)
    fig, grid = plt.subplots(n, 5, figsize=(11, 2.4 * n), squeeze=False)
    coloured = {1: normalise(vanilla), 2: normalise(guided), 4: normalise(guided_cam)}
    heat = normalise(enlarge(cam, tuple(images.shape[2:])))
    for i, row in enumerate(grid):
        row[0].imshow(_channels_last(images[i]))
        row[0].set_title(names[i])
        for column, maps in coloured.items():
            row[column].imshow(_channels_last(maps[i]))
        row[3].imshow(_channels_last(images[i]))
        row[3].imshow(heat[i].detach().numpy(), cmap="jet", alpha=0.5, vmin=0, vmax=1)
        for axes, title in zip(row, TITLES):
            axes.axis("off")
            if title:
                axes.set_title(title)
    fig.tight_layout()
    return fig
