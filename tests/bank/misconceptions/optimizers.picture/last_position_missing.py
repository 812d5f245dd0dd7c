"""The last position is missing: a path has a row more than there are updates.

Loses: optimizers.picture.paths, optimizers.picture.animation
"""

_whole = animate_paths


def animate_paths(paths, file):
    return _whole({label: path[:-1] for label, path in paths.items()}, file)
