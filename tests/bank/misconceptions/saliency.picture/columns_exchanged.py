"""Columns are exchanged: CAM stands fourth and Guided Grad-CAM last.

Loses: saliency.picture.images
"""

from matplotlib.figure import Figure

METHODS = ("Vanilla", "Guided backprop", "CAM", "Guided Grad-CAM")


def draw_saliency(images, names, vanilla, guided, cam, guided_cam):
    count, _, *size = images.shape
    figure = Figure()
    rows = figure.subplots(count, 5, squeeze=False)
    heat = normalise(enlarge(cam, (size[0], size[1])))
    for index, row in enumerate(rows):
        shown = [_pixels(images[index]), _pixels(normalise(vanilla)[index]), _pixels(normalise(guided)[index]), _pixels(normalise(guided_cam)[index]),
                 heat[index].numpy()]
        for axes, picture in zip(row, shown):
            axes.imshow(picture)
        row[0].set_title(names[index])
    for axes, method in zip(rows[0][1:], METHODS):
        axes.set_title(method)
    return figure
