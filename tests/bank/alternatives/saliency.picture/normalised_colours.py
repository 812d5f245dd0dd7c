"""Colours by normalising each map; bicubic; axes added one by one; a title over all."""

from matplotlib.figure import Figure
from torch.nn import functional


def enlarge(maps, size):
    return functional.interpolate(maps.unsqueeze(1), tuple(size), mode="bicubic").squeeze(1)


def normalise(maps):
    low = maps.amin(dim=tuple(range(1, maps.ndim)), keepdim=True)
    high = maps.amax(dim=tuple(range(1, maps.ndim)), keepdim=True)
    return (maps - low) / (high - low + 1e-12)


def draw_saliency(images, names, vanilla, guided, cam, guided_cam):
    fig = Figure(figsize=(10, 2 * len(images)))
    fig.suptitle("What the network looks at")
    heat = normalise(enlarge(cam, images.shape[2:]))
    columns = [images, normalise(vanilla), normalise(guided), heat, normalise(guided_cam)]
    words = ["{}", "Vanilla", "Guided Backprop", "CAM", "Guided Grad-CAM"]
    for row in range(len(images)):
        for column, (maps, word) in enumerate(zip(columns, words)):
            ax = fig.add_subplot(len(images), 5, 5 * row + column + 1)
            picture = maps[row].permute(1, 2, 0) if maps.ndim == 4 else maps[row]
            ax.imshow(picture.detach().cpu())
            ax.set_title(word.format(names[row]))
            ax.axis("off")
    return fig
