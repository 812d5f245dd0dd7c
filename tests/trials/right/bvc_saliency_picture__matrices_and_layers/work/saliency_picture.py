import torch
from matplotlib.figure import Figure

METHODS = ("VANILLA gradient", "Guided Backprop", "CAM", "Guided Grad-CAM")


def _interpolation(old: int, new: int) -> torch.Tensor:
    """A matrix (new, old) whose rows sum to 1: linear interpolation, ends on ends."""
    if old == 1:
        return torch.ones(new, 1, dtype=torch.float64)
    if old == new:
        return torch.eye(new, dtype=torch.float64)
    places = torch.linspace(0, old - 1, new, dtype=torch.float64)[:, None]
    return (1 - (places - torch.arange(old, dtype=torch.float64)).abs()).clamp(min=0)


def enlarge(maps: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    tall = _interpolation(maps.shape[1], size[0]).to(maps.dtype)
    wide = _interpolation(maps.shape[2], size[1]).to(maps.dtype)
    return tall @ maps @ wide.mT


def normalise(maps: torch.Tensor) -> torch.Tensor:
    def one(a):
        low, high = a.min(), a.max()
        return torch.zeros_like(a) if low == high else (a - low) / (high - low)

    return torch.stack([one(a) for a in maps])


def draw_saliency(images, names, vanilla, guided, cam, guided_cam) -> Figure:
    n, _, height, width = images.shape
    figure = Figure(figsize=(11, 2.4 * n + 0.5), layout="constrained")
    figure.suptitle("Where the network looks")
    strength = [normalise(each.detach().square().sum(1).sqrt()) for each in (vanilla, guided, guided_cam)]
    heat = normalise(enlarge(cam.detach(), (height, width)))
    for row in range(n):
        axes = [figure.add_subplot(n, 5, 5 * row + column + 1) for column in range(5)]
        photograph = images[row].detach().permute(1, 2, 0).numpy()
        axes[0].imshow(photograph)
        axes[0].set_title(f"class: {names[row]}")
        axes[1].imshow(strength[0][row].numpy(), cmap="gray", vmin=0, vmax=1)
        axes[2].imshow(strength[1][row].numpy(), cmap="gray", vmin=0, vmax=1)
        axes[3].imshow(photograph)
        axes[3].imshow(heat[row].numpy(), cmap="inferno", alpha=0.6, vmin=0, vmax=1)
        axes[4].imshow(strength[2][row].numpy(), cmap="gray", vmin=0, vmax=1)
        if row == 0:
            for axis, method in zip(axes[1:], METHODS):
                axis.set_title(method)
        for axis in axes:
            axis.set_axis_off()
    return figure
