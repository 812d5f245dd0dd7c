"""The file is not animated: it holds one frame.

Loses: optimizers.picture.animation, optimizers.picture.file
"""

from PIL import Image

_animated = animate_paths


def animate_paths(paths, file):
    figure = _animated(paths, file)
    with Image.open(file) as picture:
        picture.seek(picture.n_frames - 1)
        last = picture.convert("RGB")
    last.save(file)
    return figure
