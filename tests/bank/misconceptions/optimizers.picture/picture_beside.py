"""A picture is written beside the GIF: write no other file.

Loses: optimizers.picture.file
"""

_alone = animate_paths


def animate_paths(paths, file):
    figure = _alone(paths, file)
    figure.savefig(file.replace(".gif", ".png"))
    return figure
