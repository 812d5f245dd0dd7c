import torch
from matplotlib.figure import Figure


def enlarge(maps, size):
    if tuple(maps.shape[1:]) == tuple(size):
        return maps.clone()
    return torch.nn.functional.interpolate(maps.unsqueeze(1), size=tuple(size), mode="bilinear", align_corners=False).squeeze(1)


def normalise(maps):
    dims = tuple(range(1, maps.dim()))
    least, largest = maps.amin(dims, keepdim=True), maps.amax(dims, keepdim=True)
    span = largest - least
    return torch.where(span > 0, (maps - least) / torch.where(span > 0, span, torch.ones_like(span)), torch.zeros_like(maps))


def draw_saliency(images, names, vanilla, guided, cam, guided_cam):
    size = tuple(images.shape[2:])
    shown = {
        "vanilla": normalise(vanilla.detach().abs().amax(1)),
        "guided backprop": normalise(guided.detach().abs().amax(1)),
        "CAM": enlarge(normalise(cam.detach()), size),
        "guided Grad-CAM": normalise(guided_cam.detach().abs().amax(1)),
    }
    figure = Figure(figsize=(10, 2 * len(images)), layout="constrained")
    for n, row in enumerate(figure.subplots(len(images), 5, squeeze=False)):
        row[0].imshow(images[n].detach().permute(1, 2, 0).numpy())
        row[0].set_title(names[n])
        for axes, (method, maps) in zip(row[1:], shown.items()):
            axes.imshow(maps[n].numpy(), cmap="jet" if method == "CAM" else "gray", vmin=0, vmax=1)
            axes.set_title(method)
        for axes in row:
            axes.axis("off")
    return figure
