"""x and y are exchanged: x goes to the right.

Loses: optimizers.picture.paths
"""

_upright = animate_paths


def animate_paths(paths, file):
    return _upright({label: path[:, ::-1] for label, path in paths.items()}, file)
