"""Public checks of the GIF of the paths: what the figure shows, and what the file does."""

import numpy as np

from grader.checks import assert_close, criterion, fail
from grader.checks.figures.gifs import read_gif
from grader.checks.figures.shown import assert_in_legend, assert_labelled, line, only_axes

FILE = "paths.gif"
START = (1.5, 4.0)
STEPS = 14
MEBI = 1e6
PATHS = {
    "SGD, η = 0.04": np.array([START, (0.3, 3.7), (0.1, 3.4)]),
    "Momentum, η = 0.02, β = 0.9": np.array([START, (0.9, 3.8), (-0.2, 3.5)]),
    "AdaGrad, η = 0.4": np.array([START, (1.1, 3.6), (0.9, 3.3)]),
}


def descents():
    """Return the paths of three rules down the bowl 10 x² + y²."""
    curvature = np.array([20.0, 2.0])
    sgd, heavy, rms = ([np.array(START)] for _ in range(3))
    velocity, squares = np.zeros(2), np.zeros(2)
    for _ in range(STEPS):
        sgd.append(sgd[-1] - 0.04 * curvature * sgd[-1])
        velocity = 0.8 * velocity + curvature * heavy[-1]
        heavy.append(heavy[-1] - 0.02 * velocity)
        squares = 0.9 * squares + 0.1 * (curvature * rms[-1]) ** 2
        rms.append(rms[-1] - 0.3 * curvature * rms[-1] / np.sqrt(squares))
    return {
        "SGD, η = 0.04": np.array(sgd),
        "Momentum, η = 0.02, β = 0.8": np.array(heavy),
        "RMSProp, η = 0.3, ρ = 0.9": np.array(rms),
    }


def bowl(points):
    """Return 10 x² + y² at points of shape (n, 2)."""
    return 10 * points[:, 0] ** 2 + points[:, 1] ** 2


def drawn(submission, paths):
    """Return the axes of the figure that comes back."""
    return only_axes(submission.animate_paths(paths, submission.path(FILE)))


@criterion("optimizers.picture.paths")
def test_each_path_is_drawn_under_its_label(submission):
    """Draw a line or markers for each path, with its label and all of its rows.

    Catches: a path without its end, x and y exchanged, a label that is missing.
    """
    axes = drawn(submission, PATHS)
    for label, path in PATHS.items():
        shown = line(axes, label)
        confusions = {
            "The last position is missing: a path has a row more than there are updates.": path[:-1],
            "The start is missing.": path[1:],
            "x and y are exchanged: x goes to the right.": path[:, ::-1],
            "Only the end is left in the figure: show all rows up to the present one.": path[-1:],
        }
        assert_close(np.stack([shown.x, shown.y], axis=1), path, what="what is drawn of a path", confusions=confusions)


@criterion("optimizers.picture.contours")
def test_the_contours_are_those_of_the_function(submission):
    """Draw three contour lines or more along which 10 x² + y² stays the same.

    Catches: contours of another function, x and y exchanged, no contours, contours from a coarse grid.
    """
    axes = drawn(submission, PATHS)
    if axes.xscale != "linear" or axes.yscale != "linear":
        fail("the scales of the axes are not linear")
    lines = [contour.xy for contour in axes.contours]
    # Ellipses may also have been worked out and drawn as lines.
    lines += [np.stack([each.x, each.y], axis=1) for each in axes.lines if not each.label and each.x.size > 20]
    rings = [bowl(points[np.isfinite(points).all(axis=1)]) for points in lines]
    if len(rings) < 3:
        fail("the figure has fewer than three contour lines")
    highest = max(float(np.median(ring)) for ring in rings)
    # Between 50 grid points a contour is off by less than a hundredth of the highest; 9 x² + y² is by a twentieth.
    if not all(np.ptp(ring) < 0.03 * highest for ring in rings):
        turned = all(np.ptp(bowl(points[:, ::-1])) < 0.03 * np.median(bowl(points[:, ::-1])) for points in lines)
        sentence = "The contours are turned by 90 degrees: rows of the heights belong to y, columns to x."
        fail("the contours are not those of 10 x² + y²", misconception=sentence if turned else "")
    if axes.contours and off_the_level(axes.contours) > largest_error(axes):
        fail("the contours come from a grid of fewer than 50 × 50 points")


def off_the_level(contours):
    """Return by how much 10 x² + y² is lower than at its highest place on the same contour: nearly the largest error.

    What levels are called does not matter: they may be those of a root or a logarithm.
    """
    heights = [bowl(contour.xy) for contour in contours]
    return float(np.quantile(np.concatenate([ring.max() - ring for ring in heights]), 0.9))


def largest_error(axes):
    """Return how far contours may be off between grid points: between two that are h apart, a parabola c t² by c h²/4.

    The grid has 50 points on each side, and is at most half as large again as what is seen or drawn.
    """
    seen = np.concatenate([np.stack([axes.xlim, axes.ylim], axis=1), *(contour.xy for contour in axes.contours)])
    return float((np.array([10.0, 1.0]) * (1.5 * np.ptp(seen, axis=0) / 49) ** 2).max() / 4)


@criterion("optimizers.picture.legend")
def test_axes_and_paths_are_named(submission):
    """Label the axes x and y, and name each path with its hyper-parameters in a legend.

    Catches: a legend that is missing or made before the lines, axes without labels.
    """
    axes = drawn(submission, PATHS)
    assert_labelled(axes)
    if "x" not in axes.xlabel.lower() or "y" not in axes.ylabel.lower():
        swapped = "y" in axes.xlabel.lower() and "x" in axes.ylabel.lower()
        sentence = "The labels of the axes are exchanged." if swapped else ""
        fail("the labels of the axes do not say x and y", misconception=sentence)
    assert_in_legend(axes, PATHS)


@criterion("optimizers.picture.animation")
def test_each_row_has_a_frame(submission):
    """Show three rows of a path in three frames or more that differ.

    Catches: a picture that does not move.
    """
    drawn(submission, PATHS)
    gif = read_gif(submission.file(FILE))
    if len(gif.frames) < 2:
        fail("the GIF is a single picture", misconception="The file is not animated: it holds one frame.")
    if gif.distinct < 3:
        fail("the GIF has fewer frames that differ than a path has rows")


@criterion("optimizers.picture.file")
def test_the_gif_repeats_and_can_be_followed(submission):
    """Write a GIF of at most 5 MB that repeats without end and shows a row for 50 ms to 1 s.

    Catches: a GIF that stops, frames that rush past, another format.
    """
    drawn(submission, descents())
    data = submission.file(FILE)
    submission.keep(FILE, data)
    if len(data) > 5 * MEBI:
        fail("the file is larger than 5 MB")
    gif = read_gif(data)
    if len(gif.frames) < 2:
        fail("the GIF is a single picture", misconception="The file is not animated: it holds one frame.")
    if gif.repeats != 0:
        fail("the GIF does not repeat without end", misconception="Its loop count must be 0, which means for ever.")
    row = sum(gif.durations[:-1]) / STEPS
    # GIFs count in hundredths of a second, and writers round down.
    if not 40 <= row <= 1010:
        sentence = "Frames rush past: some writers take a duration in milliseconds, others in seconds."
        fail("a row is not shown for 50 ms to 1 s", f"got {row:.0f} ms", sentence if row < 40 else "")
