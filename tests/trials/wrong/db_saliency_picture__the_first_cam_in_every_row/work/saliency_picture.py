import torch
import torch.nn.functional as F
from matplotlib.figure import Figure


def enlarge(maps, size):
    return F.interpolate(maps[:, None], size=tuple(size), mode="bilinear", align_corners=False)[:, 0]


def normalise(maps):
    flat = maps.reshape(len(maps), -1)
    least = flat.min(dim=1, keepdim=True).values
    spread = flat.max(dim=1, keepdim=True).values - least
    scaled = (flat - least) / torch.where(spread > 0, spread, torch.ones_like(spread))
    return scaled.reshape(maps.shape)


def draw_saliency(images, names, vanilla, guided, cam, guided_cam):
    height, width = images.shape[2:]
    figure = Figure(figsize=(12, 2.4 * len(images)))
    grid = figure.subplots(len(images), 5)
    cam = normalise(enlarge(cam.detach(), (height, width)))
    methods = {
        "vanilla": normalise(vanilla.detach().abs().amax(dim=1)),
        "guided backprop": normalise(guided.detach().abs().amax(dim=1)),
        "CAM": cam,
        "guided Grad-CAM": normalise(guided_cam.detach().abs().amax(dim=1)),
    }
    for n, name in enumerate(names):
        grid[n, 0].imshow(images[n].detach().permute(1, 2, 0).numpy())
        grid[n, 0].set_title(name)
        for k, (method, maps) in enumerate(methods.items(), start=1):
            grid[n, k].imshow(cam[0].numpy() if method == "CAM" else maps[n].numpy(), cmap="jet" if method == "CAM" else "gray")
            grid[n, k].set_title(method)
    for axes in grid.flat:
        axes.axis("off")
    return figure
