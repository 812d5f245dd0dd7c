"""The names of the methods stand over other columns than theirs.

Loses: saliency.picture.titles
"""

from matplotlib.figure import Figure

METHODS = ("Guided backprop", "Vanilla", "Guided Grad-CAM", "CAM")


def draw_saliency(images, names, vanilla, guided, cam, guided_cam):
    count, _, *size = images.shape
    figure = Figure()
    rows = figure.subplots(count, 5, squeeze=False)
    heat = normalise(enlarge(cam, (size[0], size[1])))
    for index, row in enumerate(rows):
        shown = [_pixels(images[index]), _pixels(normalise(vanilla)[index]), _pixels(normalise(guided)[index]), heat[index].numpy(),
                 _pixels(normalise(guided_cam)[index])]
        for axes, picture in zip(row, shown):
            axes.imshow(picture)
        row[0].set_title(names[index])
    for axes, method in zip(rows[0][1:], METHODS):
        axes.set_title(method)
    return figure
