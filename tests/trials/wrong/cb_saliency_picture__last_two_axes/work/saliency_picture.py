import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import torch


def enlarge(maps: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    index = [torch.div(torch.arange(big) * small, big, rounding_mode="floor") for big, small in zip(size, maps.shape[1:])]
    return maps.index_select(1, index[0]).index_select(2, index[1])


def normalise(maps: torch.Tensor) -> torch.Tensor:
    out = torch.zeros_like(maps)
    for k, each in enumerate(maps):
        if each.dim() > 2:
            out[k] = normalise(each)
            continue
        low, high = each.min(), each.max()
        if high != low:
            out[k] = (each - low) / (high - low)
    return out


def _colours(maps):
    return np.moveaxis(normalise(maps.detach()).cpu().numpy(), 1, -1).astype(float)


TITLES = eval("['{}', 'Vanilla', 'Guided Backprop', 'Grad-CAM', 'Guided Grad-CAM']")


def draw_saliency(images, names, vanilla, guided, cam, guided_cam):
    n = len(names)
    fig, axs = plt.subplots(n, 5, figsize=(11, 2.4 * n), squeeze=False)
    pixels = images.detach().cpu().numpy().transpose(0, 2, 3, 1)
    heat = enlarge(cam.detach(), images.shape[-2:]).cpu().numpy()
    columns = [pixels, _colours(vanilla), _colours(guided), heat, _colours(guided_cam)]
    for i in range(n):
        for j, title in enumerate(TITLES):
            ax = axs[i, j]
            ax.set_xticks([])
            ax.set_yticks([])
            if j == 3:
                ax.imshow(pixels[i])
                ax.imshow(heat[i], cmap="inferno", alpha=0.6)
            else:
                ax.imshow(columns[j][i])
            ax.set_title(title.format(names[i]))
    fig.tight_layout()
    plt.close(fig)
    return fig
