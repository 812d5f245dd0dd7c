import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F


def enlarge(maps: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    return F.interpolate(maps.unsqueeze(1), size=size, mode="bilinear", align_corners=False).squeeze(1)


def normalise(maps: torch.Tensor) -> torch.Tensor:
    flat = maps.flatten(1)
    low = flat.min(dim=1, keepdim=True).values
    span = flat.max(dim=1, keepdim=True).values - low
    span[span == 0] = 1
    return ((flat - low) / span).reshape(maps.shape)


def draw_saliency(images, names, vanilla, guided, cam, guided_cam):
    n, size = images.shape[0], images.shape[2]
    figure, axes = plt.subplots(n, 5, figsize=(12, 2.5 * n), squeeze=False)
    maps = [normalise(each.abs().amax(dim=1)) for each in (vanilla, guided, guided_cam)]
    heat = normalise(enlarge(cam, (size, size)))
    for i in range(n):
        axes[i, 0].imshow(images[i].permute(1, 2, 0).numpy())
        axes[i, 0].set_title(names[i])
        axes[i, 1].imshow(maps[0][i].numpy(), cmap="gray")
        axes[i, 2].imshow(maps[1][i].numpy(), cmap="gray")
        axes[i, 3].imshow(heat[i].numpy(), cmap="jet")
        axes[i, 4].imshow(maps[2][i].numpy(), cmap="gray")
        for j, title in enumerate(("vanilla", "guided backprop", "CAM", "guided Grad-CAM"), start=1):
            axes[i, j].set_title(title)
        for axis in axes[i]:
            axis.axis("off")
    return figure
