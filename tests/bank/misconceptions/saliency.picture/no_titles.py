"""The pictures have no titles: say the class of each image and the method of each column.

Loses: saliency.picture.titles
"""

from matplotlib.figure import Figure

METHODS = ("Vanilla", "Guided backprop", "CAM", "Guided Grad-CAM")


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
    return figure
