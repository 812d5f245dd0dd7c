"""Public checks of enlarging, normalising and drawing, on maps of a few numbers."""

import numpy as np

from grader.checks import assert_close, criterion, fail, spread, tensor
from grader.checks.comparing.closeness import tensor_numbers
from grader.checks.figures.shown import figure

WORDS = ("vanilla", "guided backprop", "cam", "guided grad-cam")


@criterion("saliency.picture.enlarged")
def test_a_corner_stays_a_corner(submission):
    """Enlarge a map of 2 × 3 places to 4 × 9: what is largest in its lower left corner stays there.

    Catches: rows for columns, turned maps, the wrong shape.
    """
    got = tensor_numbers(submission.enlarge(tensor([[[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]]), (4, 9)), what="the map")
    if got.shape != (1, 4, 9):
        fail("the enlarged map has the wrong shape", f"expected (1, 4, 9), got {got.shape}")
    if not np.isfinite(got).all() or got[0].argmax() not in [9 * row + k for row in (2, 3) for k in (0, 1, 2)]:
        fail("the largest number is not in the lower left corner", f"got:\n{got[0].round(2)}")


@criterion("saliency.picture.normalised")
def test_least_and_largest_of_each_map(submission):
    """Scale and shift each map by itself to 0 … 1, and return zeros for a map of zeros.

    Catches: one scale for all maps, 0/0.
    """
    maps = np.array([[[1.0, 3.0], [2.0, 5.0]], [[0.0, 0.0], [0.0, 0.0]], [[-40.0, 0.0], [40.0, 20.0]]])
    right = np.array([[[0.0, 0.5], [0.25, 1.0]], [[0.0, 0.0], [0.0, 0.0]], [[0.0, 0.5], [1.0, 0.75]]])
    others = {
        "One scale is used for all maps; each has its own.": (maps + 40) / 80,
        "Subtract the least number before dividing.": maps / np.array([5.0, 1.0, 40.0])[:, None, None],
    }
    assert_close(submission.normalise(tensor(maps)), tensor(right), what="the maps", atol=1e-5, confusions=others)


def drawn(submission, seeds=(2, 3, 5, 4)):
    """Return the axes of a picture of two images with 4 × 4 pixels, in rows of five; `seeds` are the four maps'."""
    images = spread((2, 3, 4, 4), 1)
    images = (images - images.min()) / np.ptp(images)
    shapes = ((2, 3, 4, 4), (2, 3, 4, 4), (2, 2, 2), (2, 3, 4, 4))
    given = [spread(shape, seed) for shape, seed in zip(shapes, seeds, strict=True)]
    shown = figure(submission.draw_saliency(tensor(images), ["cat", "cup"], *map(tensor, given)))
    axes = [each for each in shown.axes if each.images]
    if len(axes) != 10:
        fail("two images need ten axes with a picture in each", f"{len(axes)} axes have one")
    return [axes[:5], axes[5:]], images


@criterion("saliency.picture.images")
def test_images_stand_first_in_their_rows(submission):
    """Draw five pictures in a row: the image as it is, and the four maps, all of the image's height and width.

    Catches: channels that are not last, columns for rows, maps that are not enlarged.
    """
    rows, images = drawn(submission)
    for number, row in enumerate(rows):
        image = images[number].transpose(1, 2, 0)
        if not any(each.shape == image.shape and np.allclose(each, image, atol=0.01) for each in row[0].images):
            shapes = [each.shape for each in row[0].images]
            fail("the first picture of a row is not the image", f"expected shape {image.shape}, got {shapes}")
        for column, axes in enumerate(row[1:], start=1):
            if any(each.shape[:2] != image.shape[:2] for each in axes.images):
                sizes = f"expected {image.shape[:2]}, got {[each.shape[:2] for each in axes.images]}"
                fail(f"the map in column {column + 1} does not have the image's size", sizes)


@criterion("saliency.picture.images")
def test_each_map_is_drawn_in_a_column_of_its_own(submission):
    """Draw each map in its own column: where a map is another, its column changes and no other does.

    Catches: a map that is drawn twice, maps exchanged.
    """
    before, _ = drawn(submission)
    # Two pictures tell four maps apart: each has two changes of its own.
    for changed in ((False, True, False, True), (False, False, True, True)):
        seeds = [seed + 10 * other for seed, other in zip((2, 3, 5, 4), changed, strict=True)]
        after, _ = drawn(submission, seeds)
        for place, (one, other) in enumerate(zip(before[0][1:], after[0][1:], strict=True)):
            pairs = zip(one.images, other.images, strict=True)
            if changed[place] != any(a.shape != b.shape or not np.allclose(a, b, atol=1e-3) for a, b in pairs):
                fail(f"the column of {WORDS[place]} is not drawn from that map")


@criterion("saliency.picture.titles")
def test_titles_name_classes_and_methods(submission):
    """Write each image's class over it, and over the other columns the method's name, in the first row at least.

    Catches: titles left out, methods exchanged.
    """
    rows, _ = drawn(submission)
    for row, name in zip(rows, ("cat", "cup"), strict=True):
        if name not in row[0].title.lower():
            fail("the title of an image does not hold the name of its class", f"{name!r} in {row[0].title!r}")
    for word, axes in zip(WORDS, rows[0][1:], strict=True):
        if word not in axes.title.lower():
            fail("an axes of the first row does not name its method", f"{word!r} in {axes.title!r}")
