"""Hidden checks of the GIF of the paths: other paths, and frames that change where the paths do.

How a picture looks is free, so frames are never compared with ours, but with those of the submission's
own picture of a path whose end lies elsewhere: just the frames that show the end may differ. Nothing is
drawn by hypothesis, which would have hundreds of pictures made to find the simplest that is wrong.
"""

import numpy as np

from grader.checks import assert_close, criterion, fail
from grader.checks.figures.gifs import changed, read_gif, redrawn
from grader.checks.figures.shown import assert_in_legend, assert_keys, assert_upright, line, only_axes, stands_out

FILE = "paths.gif"
ROWS = 10
# More than a picture that is to stay small may have frames for; the paper draws a few more.
LONG = 42
# Paths off the origin and in the negative: limits that are not worked out from them do not hold them.
CENTRE = np.array([-1.0, -2.0])
# Of all pixels: four of a small frame. The smallest dot that can be followed has as many, here and where it was.
VISIBLE = 0.00005
# Of all pixels, what axes, contours and a legend cover at the least, and two dots do not.
INK = 0.005
# Of the ink of a frame, in a later one: paths and changing titles cover a seventh of it, limits that move a third.
MOVED = 0.25
# GIFs count in hundredths of a second, and writers round.
SHORTEST, LONGEST = 40, 1010
# Where it keeps what it finds out about the machine: below the home folder, which is the working folder.
MATPLOTLIBS = {".cache", ".config", ".matplotlib"}
END_MISSING = "The last position is missing: a path has a row more than there are updates."
STOPS_EARLY = "The animation stops a row early: a path of n updates has n + 1 rows."


def spiral(seed, rows):
    """Return a path of shape (rows, 2) around the centre, whose rows lie well apart.

    Of its last row the others say nothing, and neither it nor what lies opposite bounds the picture.
    """
    numbers = np.random.default_rng(seed)
    angle = numbers.uniform(0, 6) + np.linspace(0, 4, rows)
    radius = np.linspace(1, 0.5, rows) * numbers.uniform(0.95, 1, rows)
    radius[-1] = 0.3
    return CENTRE + radius[:, None] * np.stack([1.5 * np.cos(angle), 4 * np.sin(angle)], axis=1)


def animated(submission, paths):
    """Return the axes of the figure and the GIF."""
    axes = only_axes(submission.animate_paths(paths, submission.path(FILE)))
    return axes, read_gif(submission.file(FILE))


@criterion("optimizers.picture.paths")
def test_any_paths_are_drawn_whole(submission):
    """Draw all rows of every path, whatever the rules, the start and the number of updates.

    Catches: positions that do not come from the arguments, only the first path, a fixed number of rows, an axis upside
    down, a path in the colour of the paper, limits that hold the first path only, contours that cannot be seen.
    """
    sizes = {1: 0.6, 2: 0.8, 3: 1, 4: 1.3}
    paths = {
        f"rule {number}, η = {number / 100:g}": CENTRE + size * (spiral(number, 12) - CENTRE)
        for number, size in sizes.items()
    }
    axes = only_axes(submission.animate_paths(paths, submission.path(FILE)))
    assert_keys(axes)
    if axes.contours and sum(stands_out(contour.colour, axes.paper) for contour in axes.contours) < 3:
        fail("contours cannot be seen: they have the colour of the paper")
    assert_upright(axes, what="the picture")
    for label, path in paths.items():
        shown = line(axes, label)
        if not stands_out(shown.colour, axes.paper):
            fail("a path cannot be seen: it has no size, or the colour of the paper")
        assert_inside(axes, label, path)
        confusions = {
            END_MISSING: path[:-1],
            "The start is missing.": path[1:],
            "x and y are exchanged: x goes to the right.": path[:, ::-1],
            "Only the end is left in the figure: show all rows up to the present one.": path[-1:],
        }
        assert_close(np.stack([shown.x, shown.y], axis=1), path, what="what is drawn of a path", confusions=confusions)


def assert_inside(axes, label, path):
    """Fail if a path leaves the limits of the axes."""
    low, high = np.transpose([axes.xlim, axes.ylim])
    if not ((low <= path) & (path <= high)).all():
        fail("a path leaves the picture", f"{label} goes beyond the limits {axes.xlim} and {axes.ylim}")


@criterion("optimizers.picture.paths")
def test_paths_that_lead_away_stay_in_the_picture(submission):
    """Show all rows of paths that end farther out than they begin, as with a learning rate that is too large.

    Catches: limits that hold the starts only.
    """
    paths = {f"rule {number}, η = 2": spiral(number, 4)[::-1] for number in (1, 2)}
    axes = only_axes(submission.animate_paths(paths, submission.path(FILE)))
    for label, path in paths.items():
        assert_inside(axes, label, path)


@criterion("optimizers.picture.animation")
def test_the_end_appears_in_the_last_frames_alone(submission):
    """Let the paths grow from their starts, a frame or more for each row, until the last frame shows their ends.

    Catches: a last frame without the end, whole paths from the start on, too few frames, frames without axes, limits
    that follow the paths.
    """
    path, other = spiral(5, ROWS), spiral(6, ROWS)
    moved = path.copy()
    moved[-1] = 2 * CENTRE - moved[-1]
    axes, gif = animated(submission, {"one, η = 0.1": path, "other, η = 0.2": other})
    _, varied = animated(submission, {"one, η = 0.1": moved, "other, η = 0.2": other})
    if len(gif.frames) < 2:
        fail("the GIF is a single picture", misconception="The file is not animated: it holds one frame.")
    paper = np.median(gif.frames[0], axis=(0, 1)).astype(np.uint8)
    if changed(gif.frames[0], np.broadcast_to(paper, gif.frames[0].shape)) < INK:
        fail("the frames show hardly anything: neither axes nor contours")
    if changed(gif.frames[-1], varied.frames[-1]) <= VISIBLE:
        rows = {len(each.x) for each in axes.lines} | {len(each.xy) for each in axes.points}
        sentence = STOPS_EARLY if ROWS in rows else END_MISSING
        fail("the last frame does not show where the paths end", misconception=sentence)
    if changed(gif.frames[0], varied.frames[0]) > VISIBLE:
        sentence = "The paths are whole from the first frame on: show the rows up to the present one alone."
        fail("the first frame shows where the paths end already", misconception=sentence)
    some = [gif.frames[round(at)] for at in np.linspace(0, len(gif.frames) - 1, 2 * ROWS)]
    if max(map(redrawn, [some[0], *some], [some[-1], *some[1:]])) > MOVED:
        fail("the limits of the axes move from frame to frame", misconception="Set the limits once, for all frames.")
    if gif.distinct < ROWS:
        fail("the GIF has fewer frames that differ than a path has rows")
    middle = len(gif.frames) // 2
    if changed(gif.frames[middle], varied.frames[min(middle, len(varied.frames) - 1)]) > VISIBLE:
        fail("the ends are shown long before the last frame")


@criterion("optimizers.picture.animation")
def test_a_long_path_has_a_frame_for_each_row(submission):
    """Let a path of 42 rows grow in as many frames, or more.

    Catches: rows that are skipped in long paths, a greatest number of frames.
    """
    _, gif = animated(submission, {"one, η = 0.1": spiral(7, LONG)})
    if gif.distinct < LONG:
        fail("the GIF has fewer frames that differ than a path has rows", f"{gif.distinct} frames for {LONG} rows")


@criterion("optimizers.picture.legend")
def test_a_dozen_paths_are_in_the_legend(submission):
    """Name each of twelve paths in the legend, whatever its label.

    Catches: a greatest number of paths, labels that are cut.
    """
    labels = [f"rule {number} with a long name, η = {number / 100:g}, β = 0.9" for number in range(12)]
    paths = {label: spiral(number, 2) for number, label in enumerate(labels)}
    assert_in_legend(only_axes(submission.animate_paths(paths, submission.path(FILE))), labels)


@criterion("optimizers.picture.file")
def test_nothing_but_the_gif_is_written(submission):
    """Write the GIF, each row of which can be followed, and no other file, neither beside it nor elsewhere.

    Catches: frames left in files, a picture of the last frame beside the GIF, a copy under a name of one's own, a row
    that stands still or rushes past.
    """
    before = submission.beside()
    _, gif = animated(submission, {"one, η = 0.1": spiral(5, 4), "other, η = 0.2": spiral(6, 4)})
    shown = gif.durations[:-1]
    if max(shown, default=0) > LONGEST or (len(gif.frames) == 4 and min(shown) < SHORTEST):
        fail("a row is not shown for 50 ms to 1 s", f"the frames take {gif.durations[:20]} ms")
    now = submission.beside()
    new = (name for name in now if now[name] != before.get(name) and name not in MATPLOTLIBS)
    beside = list(submission.beside(FILE))
    more = [*beside, *new]
    if more:
        sentence = "A picture is written beside the GIF: write no other file."
        fail("other files are written than the GIF", f"they are {sorted(more)!r:.300}", sentence if beside else "")
